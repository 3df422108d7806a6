// Computes every vector by the recipe in README.md, without any code of the system. Run: node contracts/canonical/check.mjs
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const nfc = (text) => text.normalize("NFC");
const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");
const inOrder = (a, b) => (a < b ? -1 : a > b ? 1 : 0); // JavaScript compares UTF-16 code units
const by = (...names) => (a, b) => names.map((name) => inOrder(a[name], b[name])).find((order) => order !== 0) ?? 0;

function jcs(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jcs).join(",")}]`;
  const names = Object.keys(value).sort(inOrder);
  return `{${names.map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join(",")}}`;
}

function numberAt(text, precision) {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const places = precision ?? fraction.replace(/0+$/, "").length;
  let digits = BigInt(whole + fraction.slice(0, places).padEnd(places, "0"));
  if ((fraction[places] ?? "0") >= "5") digits += 1n; // half away from zero
  const padded = digits.toString().padStart(places + 1, "0");
  const shown = places ? `${padded.slice(0, -places)}.${padded.slice(-places)}` : padded;
  return digits === 0n ? shown : sign + shown;
}

function said(cell) {
  if ("number" in cell.value) return { number: numberAt(cell.value.number, cell.precision ?? null) };
  return "text" in cell.value ? { text: nfc(cell.value.text) } : null;
}

const cellsOf = (cells, names) =>
  cells
    .map((cell) => ({ ...Object.fromEntries(names.map((name) => [name, nfc(cell[name])])), value: said(cell) }))
    .filter((cell) => cell.value !== null)
    .sort(by(...names));

function canonical(input) {
  const sections = input.narrative.map(({ id, text }) => ({ id: nfc(id), text: nfc(text) }));
  return jcs({
    schema: "reporting-canonical/1",
    report: Object.fromEntries(Object.entries(input.report).map(([name, value]) => [nfc(name), nfc(value)])),
    filings: input.filings
      .map((filing) => ({
        form_version: nfc(filing.form_version),
        cells: cellsOf(filing.cells, ["row", "column"]),
        lists: filing.lists
          .map((list) => ({
            list: nfc(list.list),
            rows: list.rows.map((row) => ({ id: row.id, cells: cellsOf(row.cells, ["column"]) })),
          }))
          .sort(by("list")),
      }))
      .sort(by("form_version")),
    narrative: sections.length ? sha256(jcs(sections)) : null,
    annexes: input.annexes
      .map(({ name, sha256: hash }) => ({ name: nfc(name), sha256: hash.toLowerCase() }))
      .sort(by("name", "sha256")),
  });
}

const { vectors } = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));
let failed = 0;
for (const vector of vectors) {
  const text = canonical(vector.input);
  if (text !== vector.canonical || sha256(text) !== vector.sha256) {
    failed += 1;
    console.error(`${vector.name}: ${text === vector.canonical ? "hash" : "text"} differs\n${text}`);
  }
}
console.log(`${vectors.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
