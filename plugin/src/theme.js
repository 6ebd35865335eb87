// Flex's design tokens as CSS custom properties, so that the view follows the theme, live. Knows nothing of the view.

/** Our property, the group of tokens it comes from, and the token. */
const TOKENS = {
  '--ade-background': ['backgroundColors', 'colorBackgroundBody'],
  '--ade-background-weak': ['backgroundColors', 'colorBackground'],
  '--ade-background-hover': ['backgroundColors', 'colorBackgroundPrimaryWeakest'],
  '--ade-background-success': ['backgroundColors', 'colorBackgroundSuccessWeakest'],
  '--ade-background-warning': ['backgroundColors', 'colorBackgroundWarningWeakest'],
  '--ade-background-error': ['backgroundColors', 'colorBackgroundErrorWeakest'],
  '--ade-primary': ['backgroundColors', 'colorBackgroundPrimary'],
  '--ade-danger': ['backgroundColors', 'colorBackgroundDestructive'],
  '--ade-text': ['textColors', 'colorText'],
  '--ade-text-weak': ['textColors', 'colorTextWeak'],
  '--ade-text-inverse': ['textColors', 'colorTextInverse'],
  '--ade-text-link': ['textColors', 'colorTextLink'],
  '--ade-text-error': ['textColors', 'colorTextError'],
  '--ade-text-success': ['textColors', 'colorTextSuccess'],
  '--ade-text-warning': ['textColors', 'colorTextWarningStrong'],
  '--ade-border': ['borderColors', 'colorBorder'],
  '--ade-border-weak': ['borderColors', 'colorBorderWeaker'],
  '--ade-border-error': ['borderColors', 'colorBorderError'],
  '--ade-border-warning': ['borderColors', 'colorBorderWarning'],
  '--ade-border-success': ['borderColors', 'colorBorderSuccess'],
  '--ade-border-focus': ['borderColors', 'colorBorderPrimary'],
  '--ade-font': ['fonts', 'fontFamilyText'],
};

/** The properties to set for a theme, and whether it is a light one. A token that Flex does not have is left out. */
export function themeProperties(theme) {
  const tokens = (theme && theme.tokens) || {};
  const style = {};
  Object.keys(TOKENS).forEach((property) => {
    const [group, name] = TOKENS[property];
    const value = (tokens[group] || {})[name];
    if (value) {
      style[property] = value;
    }
  });
  return { light: !theme || theme.isLight !== false, style };
}
