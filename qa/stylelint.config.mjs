// stylelint over the stylesheets of the themes: the standard rules, without exception.
export default {
  extends: "stylelint-config-standard",
};
