import { useEffect, useMemo, useRef, useState, type CSSProperties, type MouseEvent } from "react";

import { columnWidth, type Layout } from "@/forms/layout";
import type { PastePlan } from "@/filing/paste";
import type { FilingStore } from "@/filing/store";
import { LegacyPasteDialog } from "@/text/LegacyPasteDialog";
import { judgePaste, type LegacyPaste } from "@/text/pasted";

import { GridScope, NONE_CLOSED, type CellMark, type ClosedRows, type GridContext, type Offer, type Remark } from "./context";
import { GridEdits } from "./edits";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { PasteDialog } from "./PasteDialog";
import type { Selection } from "./selection";

export interface PasteOutcome {
  written: number;
  skipped: number;
  /** Lines below the table, and the column where they begin. */
  beyond: string[][];
  left: number;
}

interface Props {
  store: FilingStore;
  layout: Layout;
  selection: Selection;
  readOnly: boolean;
  marks: ReadonlyMap<string, CellMark[]>;
  remarks?: ReadonlyMap<string, Remark[]>;
  offers?: ReadonlyMap<string, Offer>;
  closed?: ClosedRows;
  caption: string;
  onSave: () => void;
  onConflict: (key: string) => void;
  onPasted: (outcome: PasteOutcome) => void | Promise<void>;
  /** Alt+↓ at the chosen cell. */
  onTake?: () => void;
  /** Shift+F2 at the chosen cell. */
  onRemark?: () => void;
}

const NO_REMARKS: ReadonlyMap<string, Remark[]> = new Map();
const NO_OFFERS: ReadonlyMap<string, Offer> = new Map();

/** The form as a table one works in by keyboard. A plain HTML table: it prints, and screen readers know it. */
export function FilingGrid({ store, layout, selection, readOnly, marks, remarks = NO_REMARKS, offers = NO_OFFERS, closed = NONE_CLOSED, caption, onSave, onConflict, onPasted, onTake, onRemark }: Props) {
  const [asked, setAsked] = useState<PastePlan | null>(null);
  const [legacy, setLegacy] = useState<LegacyPaste | null>(null);
  // Where the button went down: rows that move under a pointer that stands still (a note above grows) are no drag.
  const dragging = useRef<{ x: number; y: number } | null>(null);
  const edits = useMemo(() => new GridEdits(store, layout, selection, closed), [store, layout, selection, closed]);
  useEffect(() => selection.resize(layout.rows.length, layout.columns.length), [selection, layout]);
  useEffect(() => {
    const stop = () => {
      dragging.current = null;
    };
    window.addEventListener("mouseup", stop);
    return () => window.removeEventListener("mouseup", stop);
  }, []);

  const grid = useMemo((): GridContext => {
    const finish = (plan: PastePlan, blanksToo: boolean) => {
      edits.apply(plan, blanksToo);
      void onPasted(outcomeOf(plan, selection));
    };
    const paste = (text: string) => {
      const plan = edits.plan(text);
      if (plan.blanks.length > 0) setAsked(plan);
      else finish(plan, false);
    };
    return {
      store,
      layout,
      selection,
      readOnly,
      marks,
      remarks,
      offers,
      closed,
      offsets: offsetsOf(layout),
      commit: (key, text) => edits.commit(key, text),
      clear: () => !readOnly && edits.clear(),
      copy: () => edits.copy(),
      paste: (text) => {
        if (readOnly) return;
        const found = judgePaste(text);
        if (found) setLegacy(found);
        else paste(text);
      },
      pasteConverted: paste,
      undo: () => !readOnly && void store.undo(),
      redo: () => !readOnly && void store.redo(),
      save: onSave,
      openConflict: onConflict,
      take: () => !readOnly && onTake?.(),
      remark: () => onRemark?.(),
    };
  }, [edits, store, layout, selection, readOnly, marks, remarks, offers, closed, onSave, onConflict, onPasted, onTake, onRemark]);

  const choose = (blanksToo: boolean) => {
    if (!asked) return;
    edits.apply(asked, blanksToo);
    void onPasted(outcomeOf(asked, selection));
    setAsked(null);
  };
  const positionOf = (event: MouseEvent) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>("td[data-at]")?.dataset.at;
    if (!at) return null;
    const [row = 0, column = 0] = at.split(",").map(Number);
    return { row, column };
  };
  const width = layout.columns.reduce((sum, column) => sum + columnWidth(column), 0);

  return (
    <GridScope value={grid}>
      <div className="grid-frame" tabIndex={-1}>
        <table
          className={readOnly ? "grid grid-readonly" : "grid"}
          style={{ width }}
          onMouseDown={(event) => {
            if (event.button !== 0 || (event.target as HTMLElement).closest(".editing, .cell-note")) return;
            const position = positionOf(event);
            if (!position) return;
            event.preventDefault();
            dragging.current = { x: event.clientX, y: event.clientY };
            // Leaves the field being edited, which saves what was typed there.
            (document.activeElement as HTMLElement | null)?.blur();
            selection.go(position, event.shiftKey);
          }}
          onMouseOver={(event) => {
            const from = dragging.current;
            const moved = from && (from.x !== event.clientX || from.y !== event.clientY);
            const position = moved ? positionOf(event) : null;
            if (position) selection.go(position, true);
          }}
        >
          <caption className="visually-hidden">{caption}</caption>
          <colgroup>
            {layout.columns.map((column) => (
              <col key={column.id} style={{ width: columnWidth(column), "--share": `${(columnWidth(column) / width) * 100}%` } as CSSProperties} />
            ))}
          </colgroup>
          <GridHead />
          <tbody>
            {layout.rows.map((row, index) => (
              <GridRow key={row.id} row={row} index={index} />
            ))}
          </tbody>
        </table>
      </div>
      <LegacyPasteDialog
        found={legacy}
        onCancel={() => setLegacy(null)}
        onConvert={(text) => {
          setLegacy(null);
          grid.pasteConverted(text);
        }}
      />
      <PasteDialog plan={asked} onChoose={choose} onCancel={() => setAsked(null)} />
    </GridScope>
  );
}

function outcomeOf(plan: PastePlan, selection: Selection): PasteOutcome {
  return { written: plan.writes.length, skipped: plan.skipped.length, beyond: plan.beyond, left: selection.span.left };
}

/** Left edges of the frozen columns. */
function offsetsOf(layout: Layout): Map<string, number> {
  const offsets = new Map<string, number>();
  let left = 0;
  for (const column of layout.columns) {
    if (!layout.frozen.has(column.id)) break;
    offsets.set(column.id, left);
    left += columnWidth(column);
  }
  return offsets;
}
