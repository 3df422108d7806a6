import { useDeferredValue, useMemo, useState, type ClipboardEvent } from "react";

import { judgeParagraphs, legacyFontOf } from "./pasted";

/** Watches a text field for paragraphs from before Unicode. A pasted text brings its font along; what is typed or
 *  pasted plain is judged by its words. */
export function useLegacyText(text: string, onText: (text: string) => void) {
  const [fonts, setFonts] = useState<ReadonlyMap<string, string>>(new Map());
  const [before, setBefore] = useState<{ text: string; made: string; count: number } | null>(null);
  const watched = useDeferredValue(text);
  const found = useMemo(() => judgeParagraphs(watched, (line) => fonts.get(line.trim())), [watched, fonts]);
  return {
    found,
    /** How many paragraphs were converted, as long as the text is still what that made of it. */
    converted: before && before.made === text ? before.count : null,
    onPaste: (event: ClipboardEvent) => {
      const font = legacyFontOf(event.clipboardData.getData("text/html"));
      if (!font) return;
      const lines = event.clipboardData.getData("text/plain").split(/\r?\n/);
      setFonts(new Map([...fonts, ...lines.map((line): [string, string] => [line.trim(), font])]));
    },
    convert: () => {
      const now = judgeParagraphs(text, (line) => fonts.get(line.trim()));
      if (!now) return;
      setBefore({ text, made: now.text, count: now.changes.length });
      onText(now.text);
    },
    undo: () => {
      if (!before) return;
      setBefore(null);
      onText(before.text);
    },
  };
}
