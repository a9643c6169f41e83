// Builds what browsers load, into dist/: a script and a style sheet for every page, the player for the
// pages that have one, the fonts and pictures they name, one sprite of icons. Every name carries its
// content's hash, and manifest.json tells which file stands for "main.js", "main.css", "icons.svg",
// "img/favicon.svg" or a font.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
// A build that fails halfway, or two at once, must leave what was there before.
const fresh = join(here, `dist.${process.pid}`);
const manifest = {};

process.chdir(here);
await rm(fresh, { recursive: true, force: true });
await mkdir(fresh);
try {
  await bundle();
  await sprite();
  await pictures();
  await write("manifest.json", JSON.stringify(sorted(manifest), null, 2) + "\n");
  await compress();
  await takePlace();
} catch (error) {
  await rm(fresh, { recursive: true, force: true });
  console.error(error.errors ? "The assets were not built." : `The assets were not built: ${error.message}`);
  process.exit(1);
}

// Scripts, styles, and the fonts and pictures that styles name.
async function bundle() {
  const entries = ["js/main.js", "js/captions.js", "js/door.js", "js/door-worker.js", "js/player.js", "js/upload.js", "css/main.css"].filter((path) => existsSync(path));
  const result = await build({
    absWorkingDir: here,
    entryPoints: entries,
    outdir: fresh,
    entryNames: "app-[hash]",
    // What a script asks for only when it is needed is a file of its own.
    splitting: true,
    chunkNames: "part-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    // Style sheets stay nested: every browser that knows light-dark() knows nesting.
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    loader: { ".woff2": "file", ".svg": "file", ".png": "file", ".webp": "file" },
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const name = basename(path);
    if (output.entryPoint) manifest[basename(output.entryPoint)] = name;
    else if (![".txt", ".js"].includes(extname(name))) manifest[basename(Object.keys(output.inputs)[0])] = name;
  }
}

// One SVG that holds the icons of icons.txt (one name a line), each to be shown with <use>. An
// icon of our own, icons/<name>.svg, stands before one of the same name in the set.
async function sprite() {
  const names = existsSync("icons.txt") ? lines(await readFile("icons.txt", "utf8")) : [];
  const symbols = await Promise.all(names.map(symbol));
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  manifest["icons.svg"] = await write("icons.svg", drawing, { hashed: true });
}

async function symbol(name) {
  const own = join("icons", `${name}.svg`);
  const path = existsSync(own) ? own : join("node_modules/lucide-static/icons", `${name}.svg`);
  if (!existsSync(path)) throw new Error(`icons.txt names ${name}, and there is no such icon`);
  const [, attributes, inside] = (await readFile(path, "utf8")).match(/<svg([^>]*)>([^]*)<\/svg>/);
  // Only the view box is kept: how a line looks is for the style sheet to say.
  const [viewBox] = attributes.match(/viewBox="[^"]*"/);
  const drawn = inside.replace(/>\s+</g, "><").trim();
  return `<symbol id="${name}" ${viewBox}>${drawn}</symbol>`;
}

// Pictures that templates name.
async function pictures() {
  if (!existsSync("img")) return;
  for (const entry of await readdir("img", { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = relative(here, resolve(path)).replaceAll("\\", "/");
    manifest[name] = await write(entry.name, await readFile(path), { hashed: true });
  }
}

async function write(name, content, { hashed = false } = {}) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const end = extname(name);
  const written = hashed ? `${basename(name, end)}-${hash}${end}` : name;
  await writeFile(join(fresh, written), content);
  return written;
}

// Texts travel small: each is pressed once, here, and not at every request.
async function compress() {
  for (const name of await readdir(fresh, { recursive: true })) {
    if (![".css", ".js", ".svg"].includes(extname(name))) continue;
    const content = await readFile(join(fresh, name));
    await writeFile(join(fresh, `${name}.br`), brotliCompressSync(content));
    await writeFile(join(fresh, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

async function takePlace() {
  const old = join(here, `dist.${process.pid}.old`);
  if (existsSync("dist")) await rename("dist", old);
  await rename(fresh, "dist");
  await rm(old, { recursive: true, force: true });
}

function lines(text) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
