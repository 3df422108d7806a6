/** Text from before Unicode in what is pasted: judged and converted by the same tables as on the server
 *  (contracts/text; `forms.legacy` in Python). A pasted text has no font, so its words are the witnesses. */
import raw from "../../../contracts/text/tables.json?raw";

export type Encoding = "tcvn3" | "tcvn3-capitals" | "vni";

export interface Suspicion {
  encoding: Encoding;
  /** 0 to 1; 1 where the font says it. */
  confidence: number;
  start: number;
  end: number;
}

interface Contract {
  tables: Record<Encoding, Record<string, string>>;
  syllables: { initials: string[]; rimes: Record<string, number[]> };
}

interface Reading {
  plain: boolean;
  evidence: Encoding[];
  readable: Encoding[];
}

interface Word {
  text: string;
  start: number;
  end: number;
}

export const ENCODING_NAMES: Record<Encoding, string> = {
  tcvn3: "TCVN3 (ABC)",
  "tcvn3-capitals": "TCVN3 (ABC), phông chữ hoa",
  vni: "VNI-Windows",
};

const { tables, syllables } = JSON.parse(raw) as Contract;
const TABLES = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, new Map(Object.entries(table))])) as Record<
  Encoding,
  Map<string, string>
>;
const LETTERS = Object.fromEntries(Object.entries(TABLES).map(([name, table]) => [name, new Set([...table.keys()].join(""))])) as Record<
  Encoding,
  Set<string>
>;
const RIMES = new Map(Object.entries(syllables.rimes));
const WORD = /[A-Za-z\u00a1-\u00ae\u00b5-\u00b9\u00bb-\u00be\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]+/g;
const AROUND = /^[§©«·»\u00ad]+|[§©«·»\u00ad]+$/g;
const ALONE = new Set("×÷·®©§");
/** Huyền, hỏi, ngã, sắc, nặng. */
const TONES = "\u0300\u0309\u0303\u0301\u0323";
const STOPS = /(c|ch|p|t)$/;
const SHARP_AND_HEAVY = [4, 5];

export function toUnicode(text: string, encoding: Encoding): string {
  const table = TABLES[encoding];
  let out = "";
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    const code = table.has(two) ? two : (text[at] as string);
    const letter = table.get(code) ?? code;
    out += encoding === "tcvn3-capitals" ? letter.toUpperCase() : letter;
    at += code.length;
  }
  return out.normalize("NFC");
}

export function suspect(given: string, font?: string | null): Suspicion | null {
  const text = given.normalize("NFC");
  if (isAscii(text)) return null;
  const words = wordsOf(text).filter((word) => !isAscii(word.text));
  const named = fontEncoding(font);
  if (named) return byFont(text, words, named);
  const found = [byWords(words, "vni"), byWords(words, "tcvn3")].filter((each) => each !== null);
  return found.reduce<Suspicion | null>((best, each) => (best && best.confidence >= each.confidence ? best : each), null);
}

/** The text in Unicode. By font all of it; by words, what is Unicode already beside it stays. */
export function repair(given: string, suspicion: Suspicion): string {
  const text = given.normalize("NFC");
  if (suspicion.confidence === 1) return toUnicode(text, suspicion.encoding);
  const words = wordsOf(text);
  const mixed = words.some((word) => beyondLatin1(word.text));
  let out = "";
  let at = 0;
  for (const word of words) {
    const inside = suspicion.start <= word.start && word.start < suspicion.end;
    const wanted = mixed ? inside && read(word.text).readable.includes(suspicion.encoding) : !ALONE.has(word.text);
    out += text.slice(at, word.start) + (wanted ? toUnicode(word.text, suspicion.encoding) : word.text);
    at = word.end;
  }
  return (out + text.slice(at)).normalize("NFC");
}

export function fontEncoding(font?: string | null): Encoding | null {
  const name = (font ?? "").trim();
  if (/^\.vn/i.test(name)) return name.endsWith("H") ? "tcvn3-capitals" : "tcvn3";
  return /^vni[- ]/i.test(name) ? "vni" : null;
}

function byFont(text: string, words: Word[], encoding: Encoding): Suspicion | null {
  if (words.some((word) => beyondLatin1(word.text))) return null;
  const family = encoding === "vni" ? "vni" : "tcvn3";
  const readings = words.map((word) => read(word.text));
  const readable = readings.filter((reading) => reading.readable.includes(family)).length;
  const plain = readings.filter((reading) => reading.plain).length;
  const written = [...TABLES[encoding].keys()].some((code) => text.includes(code));
  return written && readable >= plain ? { encoding, confidence: 1, start: 0, end: text.length } : null;
}

function byWords(words: Word[], encoding: Encoding): Suspicion | null {
  const found = words.filter((word) => read(word.text).evidence.includes(encoding));
  const [first, last] = [found[0], found[found.length - 1]];
  if (!first || !last) return null;
  const marked = words.filter((word) => !isSign(word.text)).length;
  const count = new Set(found.map((word) => word.text)).size;
  const alone = found.length === 1 && marked <= 2 && first.text.length >= 3;
  if (!alone && count < 3 && !(found.length >= 2 && found.length * 3 >= marked)) return null;
  const confidence = Math.min(0.99, (found.length / marked) * (1 - 0.5 ** (found.length + 1)));
  return { encoding, confidence, start: first.start, end: last.end };
}

const readings = new Map<string, Reading>();

function read(word: string): Reading {
  const known = readings.get(word);
  if (known) return known;
  const bare = word.replace(AROUND, "").replace(/\u00ad/g, "");
  const plain = isAscii(bare) || isSyllable(bare);
  const readable = (["tcvn3", "vni"] as const).filter(
    (encoding) => [...word].every((letter) => isAscii(letter) || LETTERS[encoding].has(letter)) && isSyllable(toUnicode(word, encoding)),
  );
  // µm is a measure; a word with no plain letter is too little to judge by.
  const tells = !plain && !word.startsWith("µ") && !isSign(word);
  const reading: Reading = { plain, evidence: tells ? readable : [], readable };
  readings.set(word, reading);
  return reading;
}

export function isSyllable(word: string): boolean {
  let tone = 0;
  let place = -1;
  let bare = "";
  for (const [index, letter] of [...word.toLowerCase().normalize("NFC")].entries()) {
    const parts = [...letter.normalize("NFD")];
    const mark = parts.find((part) => TONES.includes(part));
    if (mark && tone > 0) return false;
    if (mark) [tone, place] = [TONES.indexOf(mark) + 1, index];
    bare += parts
      .filter((part) => part !== mark)
      .join("")
      .normalize("NFC");
  }
  return [...syllables.initials, ""].some(
    (initial) => bare.startsWith(initial) && fits(bare.slice(initial.length), tone, place - initial.length),
  );
}

function fits(rime: string, tone: number, place: number): boolean {
  const places = RIMES.get(rime);
  if (!places) return false;
  return tone === 0 || (places.includes(place) && (!STOPS.test(rime) || SHARP_AND_HEAVY.includes(tone)));
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
}

function isAscii(text: string): boolean {
  return [...text].every((letter) => letter <= "\u007f");
}

function isSign(word: string): boolean {
  return ![...word].some((letter) => letter <= "\u007f");
}

function beyondLatin1(word: string): boolean {
  return [...word].some((letter) => letter > "\u00ff");
}
