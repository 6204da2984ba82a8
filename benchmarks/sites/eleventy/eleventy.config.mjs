// One site for the benchmark: stories, lists of twenty by each term, a feed, a sitemap.
import fs from "node:fs";

const PAGE_SIZE = 20;
const FEED_SIZE = 50;
const TERMS = {
  authors: (data) => [data.author],
  sources: (data) => [data.source],
  tags: (data) => data.tags,
  desks: (data) => [data.desk],
};

const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
const days = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

function* pagesOf(name, base, stories) {
  const count = Math.ceil(stories.length / PAGE_SIZE);
  const url = (page) => (page === 1 ? base : `${base}page/${page}/`);
  for (let number = 1; number <= count; number++)
    yield {
      name,
      number,
      url: url(number),
      newer: number > 1 ? url(number - 1) : "",
      older: number < count ? url(number + 1) : "",
      stories: stories.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE),
    };
}

function sorted(newest) {
  const found = Object.fromEntries(Object.keys(TERMS).map((kind) => [kind, new Map()]));
  for (const story of newest)
    for (const [kind, names] of Object.entries(TERMS))
      for (const name of names(story.data)) {
        if (!found[kind].has(name)) found[kind].set(name, []);
        found[kind].get(name).push(story);
      }
  return found;
}

export default function (config) {
  config.setQuietMode(true);
  config.addPassthroughCopy({ assets: "assets" });
  config.addFilter("slug", slug);
  config.addFilter("day", (date) => days.format(date));
  config.addFilter("moment", (date) => date.toISOString().slice(0, 19) + "Z");
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addGlobalData("shared", () =>
    Object.fromEntries(
      ["head", "header", "footer"].map((part) => [part, fs.readFileSync(`_includes/${part}.html`, "utf8")]),
    ),
  );

  const oldest = (api) => api.getFilteredByGlob("./content/news/**/*.md");
  config.addCollection("stories", (api) => {
    const stories = oldest(api);
    stories.forEach((story, place) => {
      story.data.before = stories[place - 1];
      story.data.after = stories[place + 1];
    });
    return stories;
  });
  config.addCollection("newest", (api) => oldest(api).slice(-FEED_SIZE).reverse());
  config.addCollection("lists", (api) => {
    const newest = oldest(api).reverse();
    const lists = [...pagesOf("The newest stories", "/", newest)];
    for (const [kind, terms] of Object.entries(sorted(newest)))
      for (const [name, stories] of terms) lists.push(...pagesOf(name, `/${kind}/${slug(name)}/`, stories));
    return lists;
  });
  config.addCollection("kinds", (api) =>
    Object.entries(sorted(oldest(api))).map(([kind, terms]) => ({
      name: kind,
      url: `/${kind}/`,
      terms: [...terms.keys()].sort().map((name) => ({ name, url: `/${kind}/${slug(name)}/` })),
    })),
  );
  return {
    markdownTemplateEngine: false, // stories hold no template code
    dir: { input: "content", includes: "../_includes", output: "_site" },
  };
}
