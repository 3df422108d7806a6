import { Alert, Button, Input, Segmented } from "antd";
import { useMemo, useState } from "react";
import { useParams } from "react-router";

import { keyOf, type Cell, type Sheet, type Value } from "@/forms/model";
import { formatNumber, parseTyped } from "@/forms/numbers";
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
  const [sheetName, setSheetName] = useState(version.model.sheets[0]?.name ?? "");
  const attempt = useTrial(version);
  const sheet = version.model.sheets.find((item) => item.name === sheetName);
  const computed = useMemo(() => new Map((attempt.data?.computed ?? []).map((cell) => [keyOf(cell.row, cell.column), cell.value])), [attempt.data]);
  const wrong = useMemo(() => Object.entries(typed).flatMap(([key, text]) => refusalOf(version, key, text)), [typed, version]);
  return (
    <>
      <PageTitle
        title={`Dùng thử: ${version.code} – ${version.name}`}
        extra={
          <Button type="primary" disabled={wrong.length > 0} loading={attempt.isPending} onClick={() => attempt.mutate({ figures: figuresOf(version, typed), list_rows: [], elsewhere: [] })}>
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
      {sheet && <TrialTable sheet={sheet} typed={typed} computed={computed} onType={(key, text) => setTyped((before) => ({ ...before, [key]: text }))} />}
    </>
  );
}

interface TableProps {
  sheet: Sheet;
  typed: Record<string, string>;
  computed: Map<string, Value>;
  onType: (key: string, text: string) => void;
}

function TrialTable({ sheet, typed, computed, onType }: TableProps) {
  const cells = useMemo(() => new Map(sheet.cells.map((cell) => [keyOf(cell.row, cell.column), cell])), [sheet]);
  const columns = sheet.columns.filter((column) => !column.hidden);
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
        </tr>
      </thead>
      <tbody>
        {sheet.rows.map((row) => (
          <tr key={row.id}>
            {columns.map((column) => {
              const key = keyOf(row.id, column.id);
              const cell = cells.get(key);
              return (
                <td key={column.id}>
                  {cell?.kind === "input" ? (
                    <Input size="small" aria-label={`${row.label}, ${column.path.at(-1) ?? column.letter}`} value={typed[key] ?? cell.text ?? ""} onChange={(event) => onType(key, event.target.value)} />
                  ) : (
                    shownOf(cell, computed.get(key))
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shownOf(cell: Cell | undefined, value: Value | undefined): string {
  if (!cell) return "";
  if (cell.kind === "not_applicable") return "x";
  if (cell.kind === "label") return cell.text ?? "";
  if (value && "number" in value) return formatNumber(value.number, cell.precision);
  return value && "text" in value ? value.text : "";
}

function cellIn(version: DesignedVersion, key: string): Cell | undefined {
  return version.model.sheets.flatMap((sheet) => sheet.cells).find((cell) => keyOf(cell.row, cell.column) === key);
}

function refusalOf(version: DesignedVersion, key: string, text: string): string[] {
  const cell = cellIn(version, key);
  if (!cell || cell.type === "text" || text.trim() === "") return [];
  const reading = parseTyped(text);
  return reading.ok ? [] : [`${cell.a1}: ${reading.message}`];
}

function figuresOf(version: DesignedVersion, typed: Record<string, string>): TypedFigure[] {
  return Object.entries(typed).flatMap(([key, raw]) => {
    const cell = cellIn(version, key);
    return cell && raw.trim() !== "" ? [{ row: cell.row, column: cell.column, raw }] : [];
  });
}
