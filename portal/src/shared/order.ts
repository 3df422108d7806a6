/**
 * Vietnamese order, as the services store it in their sort keys: letters first (ă, â, đ, ê, ô, ơ, ư are letters
 * of their own), then tones (bare, huyền, hỏi, ngã, sắc, nặng), then case. Keys compare as plain text.
 */
const ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
const TONES: Record<string, string> = { "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5" };

export function sortKey(text: string): string {
  let letters = "";
  let tones = "";
  for (const char of text.toLowerCase().normalize("NFC")) {
    const parts = [...char.normalize("NFD")];
    const base = parts.filter((mark) => !(mark in TONES)).join("").normalize("NFC");
    letters += place(base);
    tones += TONES[parts.find((mark) => mark in TONES) ?? ""] ?? "0";
  }
  const cases = [...text.normalize("NFC")].map((char) => (char === char.toUpperCase() && char !== char.toLowerCase() ? "1" : "0"));
  return `${letters} ${tones} ${cases.join("")}`;
}

function place(base: string): string {
  const index = base === "" ? -1 : ALPHABET.indexOf(base);
  if (index >= 0) return (index + 0x30).toString(16).padStart(2, "0");
  if (/\s/.test(base)) return "00";
  if (/^\d/.test(base)) return `2${base[0]}`;
  const code = (base.codePointAt(0) ?? 0).toString(16).padStart(6, "0");
  return /\p{L}/u.test(base) ? `ff${code}` : `10${code}`;
}

export function compareVietnamese(a: string, b: string): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
