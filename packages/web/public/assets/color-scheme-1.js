// Before the first paint: the reader's own choice of light or dark, so that the page does not flash. The theme
// itself follows later, from the same place.
(() => {
  try {
    const chosen = localStorage.getItem('mantine-color-scheme-value');
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    document.documentElement.dataset.mantineColorScheme = chosen === 'light' || chosen === 'dark' ? chosen : system;
  } catch {
    // No storage: the system's choice holds, by the page's own color-scheme.
  }
})();
