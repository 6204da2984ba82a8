// stylelint over the stylesheets of the themes: the standard rules about what is wrong, none
// about how many lines it is written on.
export default {
  extends: "stylelint-config-standard",
  rules: {
    // Layout of the source: a short rule stands on one line, and its neighbours close by.
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-block-single-line-max-declarations": null,
    "declaration-empty-line-before": null,
    "rule-empty-line-before": null,
    // Rules stand by the part of the page they are for; selectors of two parts never meet.
    "no-descending-specificity": null,
    // `(min-width: …)` is understood by browsers for which `(width >= …)` is no query at all.
    "media-feature-range-notation": null,
    // Names of typefaces are written as their makers write them, in tokens too.
    "value-keyword-case": ["lower", { ignoreProperties: ["/^font/", "/^--/"] }],
    // Still the only way to say these to Safari.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["text-size-adjust"] }],
    "declaration-property-value-no-unknown": [
      true,
      { ignoreProperties: { "text-align": ["-webkit-match-parent"] } },
    ],
  },
};
