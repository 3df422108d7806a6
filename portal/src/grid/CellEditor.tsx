import { useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";

import type { CellKey } from "@/forms/model";

import { useGrid } from "./context";
import { onReadyKey, step } from "./keys";

interface Props {
  cellKey: CellKey;
  text: string;
  label: string;
  editable: boolean;
  multiline: boolean;
  /** Grows when the person moves in the grid: then the field takes the focus, also in the same cell. */
  moves: number;
}

/**
 * The field inside the chosen cell. It always holds the focus, so that typing (also through a Vietnamese input
 * method), pasting and copying reach it at once; it is visible only while the cell is being edited.
 */
export function CellEditor({ cellKey, text, label, editable, multiline, moves }: Props) {
  const grid = useGrid();
  const field = useRef<HTMLTextAreaElement>(null);
  /** null: chosen; "typed": begun by typing, arrows leave; "opened": by F2 or Enter, arrows move the caret. */
  const [mode, setMode] = useState<null | "typed" | "opened">(null);
  const [draft, setDraft] = useState("");
  const left = useRef(false);
  /** Saves what is being typed, whatever takes the field away: a colleague's row above, a place chosen elsewhere. */
  const unsaved = useRef<(() => void) | null>(null);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element || moves === 0) return;
    element.focus({ preventScroll: true });
    element.select();
    element.closest("td,th")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [moves]);

  useLayoutEffect(() => {
    unsaved.current = mode === null ? null : () => grid.commit(cellKey, draft);
  }, [mode, draft, grid, cellKey]);
  useLayoutEffect(() => () => unsaved.current?.(), []);

  const open = () => {
    if (!editable) return;
    setDraft(text);
    setMode("opened");
    requestAnimationFrame(() => field.current?.setSelectionRange(text.length, text.length));
  };
  const close = (save: boolean) => {
    if (mode === null || left.current) return;
    unsaved.current = null;
    if (save) grid.commit(cellKey, draft);
    setMode(null);
    requestAnimationFrame(() => field.current?.select());
  };
  const leave = (rows: number, columns: number) => {
    left.current = true;
    unsaved.current = null;
    grid.commit(cellKey, draft);
    if (columns !== 0 && rows === 0) step(grid, columns > 0 ? 1 : -1);
    else grid.selection.step(rows, columns);
    left.current = false;
    setMode(null);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (mode === null ? onReadyKey(event, grid, open) : onEditKey(event)) event.preventDefault();
  };
  const onEditKey = (event: KeyboardEvent): boolean => {
    switch (event.key) {
      case "Escape":
        close(false);
        return true;
      case "Enter":
        if (event.altKey && multiline) {
          const at = field.current?.selectionStart ?? draft.length;
          setDraft(`${draft.slice(0, at)}\n${draft.slice(at)}`);
          return true;
        }
        leave(event.shiftKey ? -1 : 1, 0);
        return true;
      case "Tab":
        leave(0, event.shiftKey ? -1 : 1);
        return true;
      case "ArrowUp":
      case "ArrowDown":
        if (mode !== "typed") return false;
        leave(event.key === "ArrowUp" ? -1 : 1, 0);
        return true;
      case "ArrowLeft":
      case "ArrowRight":
        if (mode !== "typed") return false;
        leave(0, event.key === "ArrowLeft" ? -1 : 1);
        return true;
      case "s":
        if (!event.ctrlKey && !event.metaKey) return false;
        close(true);
        grid.save();
        return true;
      default:
        return false;
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (mode !== null && !/[\t\n]/.test(pasted.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    if (mode !== null) close(false);
    grid.paste(pasted);
  };
  const onCopy = (event: ClipboardEvent, cut: boolean) => {
    if (mode !== null) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", grid.copy());
    if (cut) grid.clear();
  };

  return (
    <textarea
      ref={field}
      className={mode === null ? "cell-field" : "cell-field editing"}
      aria-label={label}
      readOnly={!editable}
      rows={1}
      spellCheck={false}
      autoComplete="off"
      value={mode === null ? text : draft}
      onChange={(event) => {
        if (!editable) return;
        // The whole text was selected, so what arrives is what was typed.
        setDraft(event.target.value);
        if (mode === null) setMode("typed");
      }}
      onKeyDown={onKeyDown}
      onDoubleClick={open}
      onPaste={onPaste}
      onCopy={(event) => onCopy(event, false)}
      onCut={(event) => onCopy(event, true)}
      onBlur={() => close(true)}
    />
  );
}
