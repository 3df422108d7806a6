import type { KeyboardEvent } from "react";

import type { GridContext } from "./context";

const MOVES: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-15, 0],
  PageDown: [15, 0],
};

/** Keys while a cell is chosen but not being edited. Answers true if the key was used. */
export function onReadyKey(event: KeyboardEvent, grid: GridContext, edit: () => void): boolean {
  const { selection } = grid;
  const command = event.ctrlKey || event.metaKey;
  if (command) return onCommand(event, grid);
  if (event.altKey && event.key === "ArrowDown") {
    // As Excel opens a cell's list of values.
    grid.take();
    return true;
  }
  const move = MOVES[event.key];
  if (move) {
    selection.step(move[0], move[1], event.shiftKey);
    return true;
  }
  switch (event.key) {
    case "Tab":
      return step(grid, event.shiftKey ? -1 : 1);
    case "Enter":
      if (event.shiftKey) selection.step(-1, 0);
      else edit();
      return true;
    case "F2":
      // As in Excel: Shift+F2 writes a note to the cell.
      if (event.shiftKey) grid.remark();
      else edit();
      return true;
    case "Home":
      selection.go({ row: selection.active.row, column: 0 }, event.shiftKey);
      return true;
    case "End":
      selection.go({ row: selection.active.row, column: grid.layout.columns.length - 1 }, event.shiftKey);
      return true;
    case "Delete":
    case "Backspace":
      grid.clear();
      return true;
    default:
      return false;
  }
}

/** Tab goes through the cells; at the ends of the table it leaves the grid, as the browser does. */
export function step(grid: GridContext, by: 1 | -1): boolean {
  const { selection, layout } = grid;
  const next = selection.active.row * layout.columns.length + selection.active.column + by;
  if (next < 0 || next >= layout.rows.length * layout.columns.length) return false;
  selection.go({ row: Math.floor(next / layout.columns.length), column: next % layout.columns.length });
  return true;
}

function onCommand(event: KeyboardEvent, grid: GridContext): boolean {
  const { selection, layout } = grid;
  const last = { row: layout.rows.length - 1, column: layout.columns.length - 1 };
  switch (event.key) {
    case "z":
      if (event.shiftKey) grid.redo();
      else grid.undo();
      return true;
    case "y":
      grid.redo();
      return true;
    case "a":
      selection.all();
      return true;
    case "s":
      grid.save();
      return true;
    case "Home":
      selection.go({ row: 0, column: 0 }, event.shiftKey);
      return true;
    case "End":
      selection.go(last, event.shiftKey);
      return true;
    case "ArrowUp":
      selection.go({ row: 0, column: selection.active.column }, event.shiftKey);
      return true;
    case "ArrowDown":
      selection.go({ row: last.row, column: selection.active.column }, event.shiftKey);
      return true;
    case "ArrowLeft":
      selection.go({ row: selection.active.row, column: 0 }, event.shiftKey);
      return true;
    case "ArrowRight":
      selection.go({ row: selection.active.row, column: last.column }, event.shiftKey);
      return true;
    default:
      return false;
  }
}
