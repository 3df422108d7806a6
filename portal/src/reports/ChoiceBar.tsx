import { Select } from "antd";
import { useSyncExternalStore } from "react";

import { readEntry } from "@/filing/entries";
import type { Layout } from "@/forms/layout";
import { keyOf } from "@/forms/model";
import { closedFor, type ClosedRows } from "@/grid/context";
import type { Selection } from "@/grid/selection";

import { chosenCell } from "./chosenCell";
import type { FilingDesk } from "./filingDesk";

interface Props {
  desk: FilingDesk;
  layout: Layout;
  selection: Selection;
  closed: ClosedRows;
}

/** The choices of the cell one stands in; typing one of them in the cell does as well, in whatever case. */
export function ChoiceBar({ desk, layout, selection, closed }: Props) {
  useSyncExternalStore(selection.subscribe, () => selection.moves);
  const { row, column, cell } = chosenCell(layout, selection);
  const choices = cell?.kind === "input" ? (cell.limits?.choices ?? []) : [];
  if (!row || !column || choices.length === 0 || closedFor(closed, row)) return null;
  return (
    <Select<string>
      key={keyOf(row.id, column.id)}
      className="choice-bar no-print"
      aria-label="Chọn giá trị cho ô đang đứng"
      placeholder="Chọn giá trị cho ô này"
      showSearch
      value={null}
      options={choices.map((one) => ({ value: one, label: one }))}
      onChange={(choice) => desk.store.enter([{ key: keyOf(row.id, column.id), entry: readEntry(cell, choice) }])}
    />
  );
}
