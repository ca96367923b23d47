const shapes = {
  check: 'M4 8.5 7 11.5 12.5 5',
  cross: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  down: 'M4 6.5 8 10.5 12 6.5',
} as const;

const svg = 'http://www.w3.org/2000/svg';

/** A 16 px line drawing in the colour of the text around it, hidden from assistive technology. */
export function icon(shape: keyof typeof shapes): SVGElement {
  const picture = document.createElementNS(svg, 'svg');
  const line = document.createElementNS(svg, 'path');
  picture.setAttribute('viewBox', '0 0 16 16');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', shapes[shape]);
  picture.append(line);
  return picture;
}
