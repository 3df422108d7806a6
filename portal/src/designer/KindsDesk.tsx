import { App, Button, Checkbox, Select } from "antd";
import { useMemo } from "react";

import type { Sheet, ValueKind } from "@/forms/model";
import { ProblemView } from "@/shared/ProblemView";
import { Unsaved } from "@/shared/Unsaved";
import { useDraft } from "@/shared/useDraft";

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

/** What each column holds: read from its header at import, set right by the designer; all sheets are saved at once. */
export function KindsDesk({ version, sheet, editable }: Props) {
  const { message } = App.useApp();
  const save = useSetKinds(version);
  const draft = useDraft({ key: `form-version/${version.id}/kinds`, saved: version, read: kindsOf });
  const figures = useMemo(() => figureColumns(sheet), [sheet]);
  const kinds = new Map(draft.value.filter((one) => one.sheet === sheet.name).map((one) => [one.column, one]));
  const put = (column: string, part: Partial<ColumnKind>) =>
    draft.put(draft.value.map((one) => (one.sheet === sheet.name && one.column === column ? { ...one, ...part } : one)));
  const keep = () => {
    draft.drop();
    void message.success("Đã lưu loại số liệu.");
  };
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
          {sheet.columns.map((column) => {
            const kind = kinds.get(column.id);
            const name = column.path.filter(Boolean).join(" / ");
            // Numbering, names and remarks are no figures: nothing can be said of them here.
            if (!figures.has(column.id) && !kind?.value_kind) return null;
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
                    value={kind?.value_kind ?? null}
                    options={KINDS}
                    onChange={(value: ValueKind | undefined) => put(column.id, { value_kind: value ?? null, ...(!value && { cumulative: false }) })}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`Cột ${column.letter} là lũy kế`}
                    disabled={!editable || !kind?.value_kind}
                    checked={kind?.cumulative ?? false}
                    onChange={(event) => put(column.id, { cumulative: event.target.checked })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {editable && (
        <Unsaved draft={draft} saving={save.isPending} what="loại số liệu">
          <Button type="primary" disabled={!draft.changed || draft.overtaken} loading={save.isPending} onClick={() => save.mutate(draft.value, { onSuccess: keep })}>
            Lưu loại số liệu
          </Button>
        </Unsaved>
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

function kindsOf(version: DesignedVersion): ColumnKind[] {
  return version.model.sheets.flatMap((sheet) =>
    sheet.columns.map((column) => ({ sheet: sheet.name, column: column.id, value_kind: column.value_kind ?? null, cumulative: column.cumulative ?? false })),
  );
}
