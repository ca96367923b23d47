/** Whether the place around an element is dark: what it declares by `color-scheme`, else what its background shows. */
export function schemeOf(place: Element): 'light' | 'dark' {
  const declared = getComputedStyle(place).colorScheme;
  const dark = declared.includes('dark');
  const light = declared.includes('light');
  if (dark && light) return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  if (dark || light) return dark ? 'dark' : 'light';
  for (let at: Element | null = place; at; at = parentAcross(at)) {
    const luminance = luminanceOf(getComputedStyle(at).backgroundColor);
    if (luminance !== undefined) return luminance < 0.25 ? 'dark' : 'light';
  }
  return 'light';
}

/** 0 to 1, or undefined for a colour that lets most of what is behind it through. */
export function luminanceOf(color: string): number | undefined {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (!color.startsWith('rgb') || alpha < 0.5) return undefined;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** The parent element, through shadow roots. */
export function parentAcross(at: Element): Element | null {
  if (at.parentElement) return at.parentElement;
  const root = at.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
