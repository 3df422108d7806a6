import { useSyncExternalStore } from "react";

import type { Layout } from "@/forms/layout";
import { indicatorOf, type FormModel } from "@/forms/model";
import type { Selection } from "@/grid/selection";

/** What is asked in the cell one stands in, and how it is worked out (DL-13.1b): beside the form, read out when it changes. */
export function IndicatorNote({ model, layout, selection }: { model: FormModel; layout: Layout; selection: Selection }) {
  useSyncExternalStore(selection.subscribe, () => selection.moves);
  if (!model.indicators?.length) return null;
  const row = layout.rows[selection.active.row];
  const column = layout.columns[selection.active.column];
  const indicator = row && column && indicatorOf(model, row.cells.get(column.id), row.row, column);
  return (
    <details className="indicator-note" open aria-label="Nội dung chỉ tiêu">
      <summary>{indicator ? `Chỉ tiêu ${indicator.code}: ${indicator.name}${indicator.measure ? ` (${indicator.measure})` : ""}` : "Ô này không gắn chỉ tiêu nào."}</summary>
      {indicator && (
        <dl>
          {[
            ["Nội dung", indicator.concept],
            ["Cách tính", indicator.method],
            ["Nguồn số liệu", indicator.source],
          ]
            .filter(([, words]) => words)
            .map(([name, words]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </div>
            ))}
        </dl>
      )}
    </details>
  );
}
