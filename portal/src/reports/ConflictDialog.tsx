import { Button, Modal } from "antd";
import { useSyncExternalStore } from "react";

import { shownValue } from "@/filing/entries";
import type { Edit } from "@/filing/store";
import type { Layout } from "@/forms/layout";
import { splitKey } from "@/forms/model";
import { columnName, rowName } from "@/grid/names";
import { moment } from "@/shared/dates";

import type { FilingDesk } from "./filingDesk";

interface Props {
  desk: FilingDesk;
  layout: Layout;
  current: string | null;
  onClose: () => void;
}

/** Two people wrote in one cell: both figures side by side, and one of them is chosen by a person. */
export function ConflictDialog({ desk, layout, current, onClose }: Props) {
  useSyncExternalStore(desk.store.subscribe, desk.store.stamp);
  const conflicts = desk.store.unsaved("conflict");
  const resolve = (key: string, choice: "mine" | "theirs") => {
    desk.store.resolve(key, choice);
    if (conflicts.length <= 1) onClose();
  };
  return (
    <Modal
      open={current !== null && conflicts.length > 0}
      title="Hai người cùng sửa một ô"
      width={760}
      onCancel={onClose}
      footer={<Button onClick={onClose}>Để sau</Button>}
    >
      <p>Giá trị của bạn chưa được lưu. Hãy chọn giá trị đúng cho từng ô.</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Ô</th>
            <th scope="col">Của bạn (chưa lưu)</th>
            <th scope="col">Trên máy chủ</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((edit) => (
            <ConflictRow key={edit.key} edit={edit} layout={layout} onResolve={resolve} />
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

function ConflictRow({ edit, layout, onResolve }: { edit: Edit; layout: Layout; onResolve: (key: string, choice: "mine" | "theirs") => void }) {
  const { row, column } = splitKey(edit.key);
  const shape = layout.rows.find((candidate) => candidate.id === row);
  const place = layout.columns.find((candidate) => candidate.id === column);
  const cell = shape?.cells.get(column);
  const said = (text: string) => (text === "" ? "(trống)" : text);
  return (
    <tr>
      <td>{shape && place ? `${rowName(shape)}, ${columnName(place)}` : `${row} ${column}`}</td>
      <td>
        <strong>{said(shownValue(edit.value ?? undefined, cell))}</strong>
        <div>
          <Button size="small" onClick={() => onResolve(edit.key, "mine")}>
            Giữ của tôi
          </Button>
        </div>
      </td>
      <td>
        <strong>{said(shownValue(edit.theirs?.value, cell))}</strong>
        <div className="muted">
          {edit.theirs?.by ? `${edit.theirs.by}, ` : ""}
          {moment(edit.theirs?.at)}
        </div>
        <Button size="small" onClick={() => onResolve(edit.key, "theirs")}>
          Lấy giá trị này
        </Button>
      </td>
    </tr>
  );
}
