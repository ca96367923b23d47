/** A JSON block that the server put in the page. @param {string} id */
export function readData(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null');
}
