// Reads feeds with feedsmith and prints what it found in them, in the order of the files named.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const read = (file) => {
  try {
    return parseFeed(readFileSync(file, "utf8"));
  } catch (error) {
    return { format: null, error: String(error) };
  }
};
process.stdout.write(JSON.stringify(process.argv.slice(2).map(read)));
