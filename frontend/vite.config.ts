import { defineConfig } from "vite";

// Django serves the files under these very names: the static storage does not rename,
// so the build must not either. Pages load main.js; charts.js only where a chart stands.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/vatra/web/static/dist",
    emptyOutDir: true,
    target: "es2022",
    // The page's policy forbids data: fonts and inline scripts: every asset is its own file.
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // htmx holds one eval, for scripts in attributes; main.ts switches that off.
      checks: { eval: false },
      input: { theme: "src/theme.ts", main: "src/main.ts", charts: "src/charts/main.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
