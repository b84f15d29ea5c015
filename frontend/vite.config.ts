import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const DIST = "../src/vatra/web/static/dist";

/** Compresses once, at the build: the server hands out the file beside the file. */
function compressed(): Plugin {
  return {
    name: "vatra-compressed",
    closeBundle() {
      for (const name of readdirSync(DIST).filter((each) => /\.(css|js|svg)$/.test(each))) {
        const content = readFileSync(join(DIST, name));
        writeFileSync(join(DIST, `${name}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(DIST, `${name}.br`), brotliCompressSync(content));
      }
    },
  };
}

// Django serves the files under these very names: the static storage does not rename,
// so the build must not either. Pages load main.js; charts.js only where a chart stands,
// lint.js and lint.css only on the linter's pages, laboratory.js and .css only in the laboratory,
// blocks.js and .css only with buildings, people.js and .css only with accounts,
// evidence.js and .css only with source files and jobs.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [compressed()],
  build: {
    outDir: DIST,
    emptyOutDir: true,
    target: "es2022",
    // The page's policy forbids data: fonts and inline scripts: every asset is its own file.
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // htmx holds one eval, for scripts in attributes; main.ts switches that off.
      checks: { eval: false },
      input: {
        theme: "src/theme.ts",
        main: "src/main.ts",
        charts: "src/charts/main.ts",
        lint: "src/lint/main.ts",
        laboratory: "src/laboratory/main.ts",
        blocks: "src/blocks/main.ts",
        people: "src/people/main.ts",
        search: "src/search/main.ts",
        publication: "src/publication/main.ts",
        progress: "src/progress/main.ts",
        work: "src/work/main.ts",
        drafting: "src/drafting/main.ts",
        editing: "src/editing/main.ts",
        evidence: "src/evidence/main.ts",
        desk: "src/desk/main.ts",
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
