// html-validate over every page: all that is recommended and all about accessibility, save
// what is a matter of taste.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // The HTML standard writes it in small letters, and so do we.
    "doctype-style": ["error", { style: "lowercase" }],
    // A headline is as long as the news needs; what a search engine shows of it is its choice.
    "long-title": "off",
  },
};
