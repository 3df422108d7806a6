import { createContext, useContext } from "react";

import type { GridRow, Layout } from "@/forms/layout";
import type { CellKey, Value } from "@/forms/model";
import type { FilingStore } from "@/filing/store";

import type { Selection } from "./selection";

/** What a check found at a cell, shown beside it. */
export interface CellMark {
  severity: "error" | "warning" | "information";
  message: string;
}

/** What a person says about a cell: why the report was returned, or what is being marked for it now. */
export interface Remark {
  note: string;
  kind: "returned" | "settled" | "marking";
}

/** A figure that the system has already for a cell, and a sentence that says where from. */
export interface Offer {
  value: Value;
  words: string;
}

/** Rows, and lists as a whole, that other units answer for: read and never written here. */
export type ClosedRows = ReadonlyMap<string, readonly string[]>;

export const NONE_CLOSED: ClosedRows = new Map();

export function closedFor(closed: ClosedRows, row: GridRow): readonly string[] | undefined {
  return closed.get(row.list?.id ?? row.id);
}

/** Everything the parts of one grid share. */
export interface GridContext {
  store: FilingStore;
  layout: Layout;
  selection: Selection;
  readOnly: boolean;
  marks: ReadonlyMap<string, CellMark[]>;
  remarks: ReadonlyMap<string, Remark[]>;
  offers: ReadonlyMap<string, Offer>;
  closed: ClosedRows;
  offsets: ReadonlyMap<string, number>;
  /** What was typed belongs to the cell it was typed in, wherever the person is by then. */
  commit: (key: CellKey, text: string) => void;
  clear: () => void;
  paste: (text: string) => void;
  /** Of what the person has agreed to have converted. */
  pasteConverted: (text: string) => void;
  copy: () => string;
  undo: () => void;
  redo: () => void;
  save: () => void;
  openConflict: (key: string) => void;
  /** Takes the figure offered to the chosen cell. */
  take: () => void;
  /** Marks the chosen cell, where the person may. */
  remark: () => void;
  deleteRow?: (rowId: string) => void;
  onActivate?: (key: string, value: Value) => void;
}

export const GridScope = createContext<GridContext | null>(null);

export function useGrid(): GridContext {
  const context = useContext(GridScope);
  if (!context) throw new Error("a part of the grid stands outside the grid");
  return context;
}
