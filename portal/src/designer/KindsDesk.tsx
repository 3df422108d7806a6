import { App, Button, Checkbox, Select } from "antd";
import { useMemo, useState } from "react";

import type { Sheet, ValueKind } from "@/forms/model";
import { ProblemView } from "@/shared/ProblemView";

import { useSetKinds, type ColumnKind, type DesignedVersion } from "./api";

const KINDS: { value: ValueKind; label: string }[] = [
  { value: "plan", label: "Kế hoạch" },
  { value: "estimate", label: "Ước thực hiện" },
  { value: "preliminary", label: "Sơ bộ" },
  { value: "official", label: "Chính thức" },
];

interface Props {
  version: DesignedVersion;
  sheet: Sheet;
  editable: boolean;
}

/** What each column holds: read from its header at import, set right by the designer. */
export function KindsDesk({ version, sheet, editable }: Props) {
  const { message } = App.useApp();
  const save = useSetKinds(version);
  const [kinds, setKinds] = useState<ColumnKind[]>(() => kindsOf(sheet));
  const figures = useMemo(() => figureColumns(sheet), [sheet]);
  const changed = JSON.stringify(kinds) !== JSON.stringify(kindsOf(sheet));
  const put = (index: number, part: Partial<ColumnKind>) => setKinds(kinds.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <section aria-label="Loại số liệu của các cột">
      {figures.size === 0 && <p>Trang này không có cột số liệu nào.</p>}
      <p className="muted">
        Ở cột “lũy kế”, người nhập được gợi ý lũy kế kỳ trước cộng số kỳ này, tính lại từ đầu năm. Muốn hệ thống hỏi lại khi số lũy kế khác, sang thẻ Quy tắc kiểm
        tra, bấm “Thêm quy tắc lũy kế”.
      </p>
      <table className="plain-table">
        <caption className="visually-hidden">Loại số liệu của các cột</caption>
        <thead>
          <tr>
            <th scope="col">Cột</th>
            <th scope="col">Tiêu đề</th>
            <th scope="col">Loại số liệu</th>
            <th scope="col">Lũy kế</th>
          </tr>
        </thead>
        <tbody>
          {sheet.columns.map((column, index) => {
            const name = column.path.filter(Boolean).join(" / ");
            // Numbering, names and remarks are no figures: nothing can be said of them here.
            if (!figures.has(column.id) && !kinds[index]?.value_kind) return null;
            return (
              <tr key={column.id}>
                <td>{column.letter}</td>
                <td>{name}</td>
                <td>
                  <Select<ValueKind>
                    className="filter-state"
                    aria-label={`Loại số liệu của cột ${column.letter}`}
                    placeholder="Không nêu"
                    allowClear
                    disabled={!editable}
                    value={kinds[index]?.value_kind ?? null}
                    options={KINDS}
                    onChange={(value: ValueKind | undefined) => put(index, { value_kind: value ?? null, ...(!value && { cumulative: false }) })}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`Cột ${column.letter} là lũy kế`}
                    disabled={!editable || !kinds[index]?.value_kind}
                    checked={kinds[index]?.cumulative ?? false}
                    onChange={(event) => put(index, { cumulative: event.target.checked })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {editable && (
        <Button type="primary" disabled={!changed} loading={save.isPending} onClick={() => save.mutate(kinds, { onSuccess: () => void message.success("Đã lưu loại số liệu.") })}>
          Lưu loại số liệu
        </Button>
      )}
      {save.isError && <ProblemView error={save.error} />}
    </section>
  );
}

/** Columns where some cell, of a fixed row or of a list, is a number that is entered or computed. */
function figureColumns(sheet: Sheet): ReadonlySet<string> {
  const cells = [...sheet.cells, ...sheet.lists.flatMap((list) => list.cells)];
  return new Set(cells.filter((cell) => (cell.kind === "input" || cell.kind === "computed") && cell.type !== "text").map((cell) => cell.column));
}

function kindsOf(sheet: Sheet): ColumnKind[] {
  return sheet.columns.map((column) => ({ sheet: sheet.name, column: column.id, value_kind: column.value_kind ?? null, cumulative: column.cumulative ?? false }));
}
