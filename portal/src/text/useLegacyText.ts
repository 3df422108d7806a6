import { useDeferredValue, useMemo, useRef, useState, type ClipboardEvent } from "react";

import { judgeParagraphs, legacyFontOf } from "./pasted";

/** Watches a text field for paragraphs from before Unicode. A pasted text brings its font along; what is typed or
 *  pasted plain is judged by its words. */
export function useLegacyText(text: string, onText: (text: string) => void) {
  const fonts = useRef(new Map<string, string>());
  const [before, setBefore] = useState<{ text: string; made: string; count: number } | null>(null);
  const watched = useDeferredValue(text);
  const found = useMemo(() => judgeParagraphs(watched, (line) => fonts.current.get(line.trim())), [watched]);
  return {
    found,
    /** How many paragraphs were converted, as long as the text is still what that made of it. */
    converted: before && before.made === text ? before.count : null,
    onPaste: (event: ClipboardEvent) => {
      const font = legacyFontOf(event.clipboardData.getData("text/html"));
      if (!font) return;
      for (const line of event.clipboardData.getData("text/plain").split(/\r?\n/)) fonts.current.set(line.trim(), font);
    },
    convert: () => {
      const now = judgeParagraphs(text, (line) => fonts.current.get(line.trim()));
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
