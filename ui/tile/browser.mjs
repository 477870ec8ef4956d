// Looks at tiles in a browser: browser.sh says what for, browser_test.go makes the pages.
// usage: node browser.mjs TOOLS BROWSER PAGES SHOTS
import { createRequire } from "node:module";
import { readdirSync } from "node:fs";
import { join, basename } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, executablePath, pages, shots] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const { chromium } = require("playwright-core");
const { HtmlValidate, FileSystemConfigLoader } = require("html-validate");
const axe = require("axe-core").source;

const sizes = [[300, 150], [400, 300], [1000, 700]];
const schemes = ["light", "dark"];
const problems = [];
let looks = 0;

const files = readdirSync(pages).filter((f) => f.endsWith(".html")).sort();
const validator = new HtmlValidate(new FileSystemConfigLoader({
  root: true,
  extends: ["html-validate:standard"],
  rules: { "long-title": "off" }, // titles are those of dashboards
}));
for (const file of files) {
  const report = await validator.validateFile(join(pages, file));
  for (const result of report.results)
    for (const m of result.messages) problems.push(`${file}:${m.line}: ${m.ruleId}: ${m.message}`);
}

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const file of files)
    for (const colorScheme of schemes) await look(file, colorScheme);
} finally {
  await browser.close();
}

async function look(file, colorScheme) {
  let at = `${file} ${colorScheme}`;
  const problem = (what) => problems.push(`${at}: ${what}`);
  const context = await browser.newContext({ colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(120000); // a busy machine
  const address = pathToFileURL(join(pages, file)).href;
  page.on("request", (r) => r.url() === address || problem(`loads ${r.url()}`));
  page.on("console", (m) => m.type() === "error" && problem(m.text()));
  page.on("dialog", (d) => { problem(`a dialog says ${d.message()}`); d.dismiss(); });
  await page.goto(address);
  for (const [width, height] of sizes) {
    at = `${file} ${colorScheme} ${width}x${height}`;
    await page.setViewportSize({ width, height });
    const seen = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      top: document.querySelector("h1").getBoundingClientRect().top,
      until: document.querySelector(".until")?.getBoundingClientRect().bottom ?? 0,
    }));
    if (seen.wide > 0) problem(`${seen.wide} pixels wider than the window`);
    if (seen.top < 0 || seen.top >= height) problem("the heading is not seen");
    if (seen.until > height + 1) problem("until when it is valid is not seen");
    await page.screenshot({ path: join(shots, `${basename(file, ".html")}-${width}x${height}-${colorScheme}.png`) });
    looks++;
  }
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  for (const v of violations) problem(`${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).join(" ")}`);
  await context.close();
}

for (const p of problems) console.log(p);
console.log(`${files.length} pages, ${looks} looks, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
