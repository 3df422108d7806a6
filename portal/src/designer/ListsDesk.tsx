import { App, Button, InputNumber, Select } from "antd";

import type { ListTable, Severity, Sheet } from "@/forms/model";
import { ProblemView } from "@/shared/ProblemView";
import { Unsaved } from "@/shared/Unsaved";
import { useDraft } from "@/shared/useDraft";

import { useSetLists, type DesignedVersion, type ListRule } from "./api";

const REPEATS: { value: Severity; label: string }[] = [
  { value: "warning", label: "Cảnh báo, phải giải trình" },
  { value: "error", label: "Không cho trình" },
];
const MOST_ROWS = 10_000;

interface Props {
  version: DesignedVersion;
  sheet: Sheet;
  editable: boolean;
}

/** What the lists of a sheet ask of their rows: which columns tell them apart, and how many there may be. */
export function ListsDesk({ version, sheet, editable }: Props) {
  const { message } = App.useApp();
  const save = useSetLists(version);
  const draft = useDraft({ key: `form-version/${version.id}/lists`, saved: version, read: rulesOf });
  if (sheet.lists.length === 0) return null;
  const put = (list: string, part: Partial<ListRule>) => draft.put(draft.value.map((one) => (one.list_id === list ? { ...one, ...part } : one)));
  const keep = () => {
    draft.drop();
    void message.success("Đã lưu khóa và giới hạn của danh sách.");
  };
  const keyless = draft.value.some((one) => one.key_columns.length === 0);
  return (
    <section aria-label="Dòng của danh sách">
      <table className="plain-table">
        <caption>Dòng của danh sách</caption>
        <thead>
          <tr>
            <th scope="col">Danh sách</th>
            <th scope="col">Khóa của dòng</th>
            <th scope="col">Hai dòng cùng khóa</th>
            <th scope="col">Nhiều nhất (dòng)</th>
          </tr>
        </thead>
        <tbody>
          {sheet.lists.map((list, index) => {
            const rule = draft.value.find((one) => one.list_id === list.id);
            const name = `danh sách ${index + 1}`;
            return (
              <tr key={list.id}>
                <td>
                  Danh sách {index + 1}, từ dòng {list.first_row} của tệp
                </td>
                <td>
                  <Select
                    mode="multiple"
                    className="set-words"
                    aria-label={`Khóa của ${name}`}
                    disabled={!editable}
                    value={rule?.key_columns ?? []}
                    options={enteredColumns(sheet, list)}
                    onChange={(keys) => put(list.id, { key_columns: keys })}
                  />
                </td>
                <td>
                  <Select<Severity>
                    className="filter-state"
                    aria-label={`Hai dòng cùng khóa của ${name}`}
                    placeholder="Cho phép"
                    allowClear
                    disabled={!editable}
                    value={rule?.repeats ?? null}
                    options={REPEATS}
                    onChange={(value: Severity | undefined) => put(list.id, { repeats: value ?? null })}
                  />
                </td>
                <td>
                  <InputNumber
                    aria-label={`Số dòng nhiều nhất của ${name}`}
                    placeholder="Không giới hạn"
                    min={1}
                    max={MOST_ROWS}
                    precision={0}
                    disabled={!editable}
                    value={rule?.most_rows ?? null}
                    onChange={(value) => put(list.id, { most_rows: value })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {editable && (
        <Unsaved draft={draft} saving={save.isPending} what="dòng của danh sách">
          <Button
            type="primary"
            disabled={!draft.changed || draft.overtaken || keyless}
            loading={save.isPending}
            onClick={() => save.mutate(draft.value, { onSuccess: keep })}
          >
            Lưu dòng của danh sách
          </Button>
        </Unsaved>
      )}
      {keyless && <p className="muted">Mỗi danh sách cần ít nhất một cột khóa.</p>}
      {save.isError && <ProblemView error={save.error} />}
    </section>
  );
}

/** Only what people fill in tells rows apart. */
function enteredColumns(sheet: Sheet, list: ListTable): { value: string; label: string }[] {
  const entered = new Set(list.cells.filter((cell) => cell.kind === "input").map((cell) => cell.column));
  return sheet.columns
    .filter((column) => entered.has(column.id))
    .map((column) => ({ value: column.id, label: `${column.letter} – ${column.path.filter(Boolean).join(" / ")}` }));
}

function rulesOf(version: DesignedVersion): ListRule[] {
  return version.model.sheets.flatMap((sheet) =>
    sheet.lists.map((list) => ({
      list_id: list.id,
      key_columns: list.key_columns ?? [],
      repeats: list.repeats ?? null,
      most_rows: list.most_rows ?? null,
    })),
  );
}
