import { Segmented } from "antd";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Link } from "react-router";

import { shownValue } from "@/filing/entries";
import { FilingStore } from "@/filing/store";
import { layoutOf } from "@/forms/layout";
import { keyOf, type FormModel } from "@/forms/model";
import type { CellMark } from "@/grid/context";
import { FilingGrid } from "@/grid/FilingGrid";
import { columnName, rowName } from "@/grid/names";
import { Selection } from "@/grid/selection";
import { Loaded } from "@/shared/Loaded";
import { compareVietnamese } from "@/shared/order";

import { useSources, type AggregateForm } from "./api";

const NO_MARKS: ReadonlyMap<string, CellMark[]> = new Map();
const nothing = () => undefined;

/** The aggregate on the official form; a chosen cell shows what each unit gave to it. */
export function AggregateSheets({ id, form, model }: { id: string; form: AggregateForm; model: FormModel }) {
  const [sheetName, setSheetName] = useState(model.sheets[0]?.name ?? "");
  const sheet = model.sheets.find((item) => item.name === sheetName) ?? model.sheets[0];
  const store = useMemo(() => new FilingStore(), []);
  const selection = useMemo(() => new Selection(1, 1), []);
  useEffect(() => {
    const figures = [...form.cells, ...form.computed];
    store.load(
      figures.map((cell) => [keyOf(cell.row, cell.column), { value: cell.value, version: 0 }]),
      form.list_rows,
    );
  }, [store, form]);
  const layout = useMemo(() => (sheet ? layoutOf(sheet, form.list_rows) : null), [sheet, form.list_rows]);
  useSyncExternalStore(selection.subscribe, () => selection.moves);
  if (!layout || !sheet) return null;
  const row = layout.rows[selection.active.row];
  const column = layout.columns[selection.active.column];
  const kind = row && column ? row.cells.get(column.id)?.kind : undefined;
  const figure = selection.moves > 0 && row && column && (kind === "input" || kind === "computed");
  return (
    <div className="aggregate">
      <div className="filing">
        {model.sheets.length > 1 && <Segmented<string> value={sheet.name} onChange={setSheetName} options={model.sheets.map((item) => item.name)} />}
        <FilingGrid
          store={store}
          layout={layout}
          selection={selection}
          readOnly
          marks={NO_MARKS}
          caption="Số liệu tổng hợp. Chọn một ô để xem nguồn."
          onSave={nothing}
          onConflict={nothing}
          onPasted={nothing}
        />
      </div>
      <aside className="sources no-print" aria-label="Nguồn của ô đang chọn">
        {figure ? (
          <Sources id={id} row={row.id} column={column.id} title={`${rowName(row)}, ${columnName(column)}`} />
        ) : (
          <p className="muted">Chọn một ô số liệu trong bảng để xem từng báo cáo nguồn.</p>
        )}
      </aside>
    </div>
  );
}

function Sources({ id, row, column, title }: { id: string; row: string; column: string; title: string }) {
  const sources = useSources(id, row, column);
  return (
    <>
      <h2>{title}</h2>
      <Loaded query={sources} empty={{ when: (data) => data.items.length === 0, words: "Không có báo cáo nguồn cho ô này." }}>
        {(data) => (
          <>
            {data.items.some((source) => source.computed) && (
              <p className="muted">Ô tính: ô tổng hợp được tính lại từ các tổng, không cộng các giá trị dưới đây.</p>
            )}
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">Đơn vị</th>
                  <th scope="col">Giá trị</th>
                </tr>
              </thead>
              <tbody>
                {[...data.items]
                  .sort((a, b) => compareVietnamese(a.unit_name, b.unit_name))
                  .map((source) => (
                    <tr key={source.report_id}>
                      <td>
                        <Link to={`/bao-cao/${source.report_id}`}>{source.unit_name}</Link>
                      </td>
                      <td className="number">{shownValue(source.value, undefined) || "(trống)"}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </>
        )}
      </Loaded>
    </>
  );
}
