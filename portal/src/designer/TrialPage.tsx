import { Alert, Button, Input, Segmented } from "antd";
import { useMemo, useState } from "react";
import { useParams } from "react-router";

import { layoutOf, type GridRow } from "@/forms/layout";
import { keyOf, splitKey, type Cell, type CellKey, type FormModel, type ListRow, type Sheet, type Value } from "@/forms/model";
import { formatNumber, parseTyped } from "@/forms/numbers";
import { newRowId } from "@/reports/listRows";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { useDesignedVersion, useTrial, type DesignedVersion, type TypedFigure } from "./api";

export function TrialPage() {
  const { id = "" } = useParams();
  const version = useDesignedVersion(id);
  return <Loaded query={version}>{(data) => <Trial key={data.id} version={data} />}</Loaded>;
}

/** Figures live in this page alone: leaving it forgets them. */
function Trial({ version }: { version: DesignedVersion }) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [listRows, setListRows] = useState<ListRow[]>([]);
  const [sheetName, setSheetName] = useState(version.model.sheets[0]?.name ?? "");
  const attempt = useTrial(version);
  const sheet = version.model.sheets.find((item) => item.name === sheetName);
  const computed = useMemo(() => new Map((attempt.data?.computed ?? []).map((cell) => [keyOf(cell.row, cell.column), cell.value])), [attempt.data]);
  const cells = useMemo(() => trialCells(version.model, listRows), [version.model, listRows]);
  const wrong = useMemo(() => Object.entries(typed).flatMap(([key, text]) => refusalOf(cells.get(key), key, text)), [typed, cells]);
  return (
    <>
      <PageTitle
        title={`Dùng thử: ${version.code} – ${version.name}`}
        extra={
          <Button type="primary" disabled={wrong.length > 0} loading={attempt.isPending} onClick={() => attempt.mutate({ figures: figuresOf(cells, typed), list_rows: listRows, elsewhere: [] })}>
            Tính và kiểm tra
          </Button>
        }
      >
        <p className="muted">Phiên bản {version.number} đang dùng thử. Số liệu nhập ở đây không được lưu lại và không vào báo cáo nào.</p>
      </PageTitle>
      {wrong.map((text) => (
        <Alert key={text} type="error" showIcon title={text} />
      ))}
      {attempt.isError && <ProblemView error={attempt.error} />}
      {attempt.data && (
        <Alert
          type={attempt.data.messages.some((item) => item.severity === "error") ? "error" : attempt.data.messages.length > 0 ? "warning" : "success"}
          showIcon
          title={attempt.data.messages.length === 0 ? "Không có lỗi; các ô tính đã được tính." : `Có ${attempt.data.messages.length} thông báo`}
          description={attempt.data.messages.slice(0, 20).map((item, index) => (
            <div key={index}>
              {item.a1} {item.message}
            </div>
          ))}
        />
      )}
      {version.model.sheets.length > 1 && <Segmented value={sheetName} onChange={setSheetName} options={version.model.sheets.map((item) => item.name)} />}
      {sheet && (
        <TrialTable
          sheet={sheet}
          listRows={listRows}
          cells={cells}
          typed={typed}
          computed={computed}
          onType={(key, text) => setTyped((before) => ({ ...before, [key]: text }))}
          onRemove={(row) => {
            setListRows((before) => before.filter((one) => one.id !== row));
            setTyped((before) => Object.fromEntries(Object.entries(before).filter(([key]) => splitKey(key).row !== row)));
          }}
        />
      )}
      {sheet?.lists.map((list) => (
        <Button key={list.id} onClick={() => setListRows((before) => [...before, { id: newRowId(), list_id: list.id, order: Math.max(0, ...before.map((one) => one.order)) + 1 }])}>
          Thêm dòng{sheet.lists.length > 1 ? ` vào danh sách từ dòng ${list.first_row}` : ""}
        </Button>
      ))}
    </>
  );
}

interface TableProps {
  sheet: Sheet;
  listRows: ListRow[];
  cells: ReadonlyMap<CellKey, Cell>;
  typed: Record<string, string>;
  computed: Map<string, Value>;
  onType: (key: CellKey, text: string) => void;
  onRemove: (row: string) => void;
}

function TrialTable({ sheet, listRows, cells, typed, computed, onType, onRemove }: TableProps) {
  const { columns, rows } = useMemo(() => layoutOf(sheet, listRows), [sheet, listRows]);
  const lists = sheet.lists.length > 0;
  return (
    <table className="plain-table trial-table">
      <caption className="visually-hidden">{sheet.title || sheet.name}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col">
              {column.path.join(" / ")}
            </th>
          ))}
          {lists && <th scope="col">Xử lý</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {columns.map((column) => {
              const key = keyOf(row.id, column.id);
              const cell = cells.get(key);
              return (
                <td key={column.id}>
                  {cell?.kind === "input" ? (
                    <Input
                      size="small"
                      aria-label={`${nameOf(row)}, ${column.path.at(-1) ?? column.letter}`}
                      value={typed[key] ?? cell.text ?? ""}
                      onChange={(event) => onType(key, event.target.value)}
                    />
                  ) : (
                    numberOf(row, column.id) ?? shownOf(cell, computed.get(key))
                  )}
                </td>
              );
            })}
            {lists && (
              <td>
                {listRows.some((one) => one.id === row.id) && (
                  <Button size="small" aria-label={`Bỏ ${nameOf(row)}`} onClick={() => onRemove(row.id)}>
                    Bỏ dòng
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const nameOf = (row: GridRow) => row.row?.label ?? `Dòng ${row.order ?? ""}`;

/** The column that counts the rows of a list is filled in by counting. */
const numberOf = (row: GridRow, column: string) => (row.list && row.list.number_column === column ? String(row.order ?? "") : undefined);

function shownOf(cell: Cell | undefined, value: Value | undefined): string {
  if (!cell) return "";
  if (cell.kind === "not_applicable") return "x";
  if (cell.kind === "label") return cell.text ?? "";
  if (value && "number" in value) return formatNumber(value.number, cell.precision);
  return value && "text" in value ? value.text : "";
}

/** Every cell by its place: those of the sheet, and those of each row added to a list. */
function trialCells(model: FormModel, listRows: ListRow[]): Map<CellKey, Cell> {
  return new Map(model.sheets.flatMap((sheet) => layoutOf(sheet, listRows).rows.flatMap((row) => [...row.cells].map(([column, cell]) => [keyOf(row.id, column), cell] as const))));
}

function refusalOf(cell: Cell | undefined, key: CellKey, text: string): string[] {
  if (!cell || cell.type === "text" || text.trim() === "") return [];
  const reading = parseTyped(text);
  const place = cell.row === splitKey(key).row ? `Ô ${cell.a1}` : `Cột ${cell.column} của dòng thêm`;
  return reading.ok ? [] : [`${place}: ${reading.message}`];
}

function figuresOf(cells: ReadonlyMap<CellKey, Cell>, typed: Record<string, string>): TypedFigure[] {
  return Object.entries(typed).flatMap(([key, raw]) => {
    const cell = cells.get(key);
    return cell && raw.trim() !== "" ? [{ ...splitKey(key), raw }] : [];
  });
}
