import { parseBlock, toBlock } from "@/filing/clipboard";

import { fontEncoding, repair, suspect, toUnicode, type Encoding } from "./legacy";

export interface LegacyChange {
  before: string;
  after: string;
}

/** What was pasted, and what it becomes if the person agrees. */
export interface LegacyPaste {
  encoding: Encoding;
  changes: LegacyChange[];
  text: string;
}

/** Null where nothing pasted is suspected. A block is judged as one: beside cells that are surely legacy, a short
 *  one such as "Sè" is read the same way, unless some cell of the block is Unicode already. */
export function judgePaste(pasted: string): LegacyPaste | null {
  const block = parseBlock(pasted);
  const cells = block.flat();
  const suspicions = cells.map((cell) => suspect(cell)).filter((each) => each !== null);
  const whole = suspicions.length > 0 ? null : suspect(cells.join(" "));
  const encoding = suspicions[0]?.encoding ?? whole?.encoding;
  if (!encoding) return null;
  const pure = cells.every((cell) => [...cell.normalize("NFC")].every((letter) => letter <= "\u00ff"));
  const changes: LegacyChange[] = [];
  const converted = block.map((row) =>
    row.map((before) => {
      const own = suspect(before);
      const after = own ? repair(before, own) : pure ? toUnicode(before, encoding) : before;
      if (after !== before) changes.push({ before, after });
      return after;
    }),
  );
  return changes.length > 0 ? { encoding, changes, text: toBlock(converted) } : null;
}

/** The legacy paragraphs of a text and what it becomes with them converted; null where there are none. `fontOf` knows
 *  the paragraphs that were pasted with a font. */
export function judgeParagraphs(text: string, fontOf: (line: string) => string | undefined = () => undefined): LegacyPaste | null {
  const changes: LegacyChange[] = [];
  let encoding: Encoding | undefined;
  const lines = text.split("\n").map((before) => {
    const found = suspect(before, fontOf(before));
    if (!found) return before;
    encoding ??= found.encoding;
    const after = repair(before, found);
    changes.push({ before, after });
    return after;
  });
  return encoding && changes.length > 0 ? { encoding, changes, text: lines.join("\n") } : null;
}

/** The font from before Unicode that a word processor names beside a pasted text. */
export function legacyFontOf(html: string): string | undefined {
  const named = [...html.matchAll(/(?:font-family:|face=)\s*(?:"|'|&quot;)?\s*([^"';,&<>]+)/gi)].map((found) => (found[1] ?? "").trim());
  return named.find((font) => fontEncoding(font) !== null);
}
