// Prints what csp_evaluator has against a policy.
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");

const { csp } = new CspParser(process.argv[2]);
process.stdout.write(JSON.stringify(new CspEvaluator(csp).evaluate()));
