import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const folder = import.meta.dirname;
const pages = ['dashboard', 'portal'].filter((page) => existsSync(resolve(folder, page, 'index.html')));

export default defineConfig({
  root: folder,
  base: '/',
  plugins: [react()],
  build: {
    outDir: resolve(folder, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    // Every asset is a file: the page's CSP allows neither data: scripts nor inline styles.
    assetsInlineLimit: 0,
    rolldownOptions: { input: Object.fromEntries(pages.map((page) => [page, resolve(folder, page, 'index.html')])) },
  },
});
