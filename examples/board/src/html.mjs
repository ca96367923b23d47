/** Text that is markup already. */
export class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @type {Record<string, string>} */
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {unknown} value @returns {string} */
function render(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  if (value === undefined || value === null || value === false) return '';
  return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/**
 * Markup from a template. Every value is escaped unless it is {@link Markup} itself; lists are joined, and
 * undefined, null and false leave nothing.
 * @param {TemplateStringsArray} parts
 * @param {...unknown} values
 */
export function html(parts, ...values) {
  return new Markup(parts.map((part, index) => part + (index < values.length ? render(values[index]) : '')).join(''));
}

/** A data block that browser modules read. `<` is written as an escape so that no value can close the element. @param {string} id @param {unknown} value */
export function dataBlock(id, value) {
  return html`<script type="application/json" id="${id}">${new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'))}</script>`;
}
