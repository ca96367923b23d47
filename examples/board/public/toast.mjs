/** Says something for a few seconds at the bottom of the page. @param {string} message */
export function toast(message) {
  const place = document.getElementById('toast');
  if (!place) return;
  place.textContent = message;
  place.classList.add('toast-on');
  setTimeout(() => {
    if (place.textContent === message) place.classList.remove('toast-on');
  }, 5000);
}
