import { Button, Checkbox, Form, Input, Modal, Popconfirm } from "antd";
import { useState } from "react";

import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { addEntry, changeEntry, removeEntry, useEntry, useEntryChange, type Entry, type EntryKind, type Item } from "./api";

interface Props {
  kind: EntryKind;
  entry: Entry | null;
  editable: boolean;
  onClose: () => void;
}

/** One entry: its content, who uses it, how it came to be what it is. */
export function EntryDialog({ kind, entry, editable, onClose }: Props) {
  const [code, setCode] = useState(entry?.code ?? "");
  const [name, setName] = useState(entry?.name ?? "");
  const [symbol, setSymbol] = useState(entry?.symbol ?? "");
  const [source, setSource] = useState(entry?.source ?? "");
  const [note, setNote] = useState(entry?.note ?? "");
  const [items, setItems] = useState(itemLines(entry?.items ?? []));
  const [retired, setRetired] = useState(entry?.retired ?? false);
  const save = useEntryChange(() => {
    const body = { name, symbol, note, source, items: kind === "breakdown" ? itemsOf(items) : [] };
    return entry ? changeEntry(entry, { ...body, retired }) : addEntry({ ...body, kind, code });
  });
  const remove = useEntryChange((gone: Entry) => removeEntry(gone));
  return (
    <Modal
      open
      title={entry ? `${entry.code} – ${entry.name}` : "Thêm mục danh mục"}
      okText="Lưu"
      cancelText="Đóng"
      okButtonProps={{ loading: save.isPending, disabled: !editable || name.trim() === "" || code.trim() === "" }}
      onOk={() => save.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Form layout="vertical" disabled={!editable}>
        <Form.Item label="Mã" htmlFor="entry-code" required>
          <Input id="entry-code" value={code} disabled={entry !== null} onChange={(event) => setCode(event.target.value)} />
        </Form.Item>
        <Form.Item label="Tên" htmlFor="entry-name" required>
          <Input id="entry-name" value={name} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
        {kind === "measure" && (
          <Form.Item label="Ký hiệu" htmlFor="entry-symbol" extra="Cách viết trong biểu, ví dụ km²">
            <Input id="entry-symbol" value={symbol} onChange={(event) => setSymbol(event.target.value)} />
          </Form.Item>
        )}
        {kind === "breakdown" && (
          <Form.Item label="Các mục" htmlFor="entry-items" extra="Mỗi dòng một mục: mã, dấu cách, tên. Ví dụ: NAM Nam" required>
            <Input.TextArea id="entry-items" rows={6} value={items} onChange={(event) => setItems(event.target.value)} />
          </Form.Item>
        )}
        <Form.Item label="Nguồn (văn bản quy định)" htmlFor="entry-source">
          <Input id="entry-source" value={source} onChange={(event) => setSource(event.target.value)} />
        </Form.Item>
        <Form.Item label="Ghi chú" htmlFor="entry-note">
          <Input.TextArea id="entry-note" rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
        </Form.Item>
        {entry && (
          <Checkbox checked={retired} onChange={(event) => setRetired(event.target.checked)}>
            Thôi dùng (không còn được chọn cho chỉ tiêu mới; số liệu cũ giữ nguyên)
          </Checkbox>
        )}
      </Form>
      {entry && <Past id={entry.id} />}
      {entry && editable && (
        <Popconfirm title="Xóa mục này khỏi danh mục? Chỉ xóa được khi chưa chỉ tiêu nào dùng." okText="Xóa" cancelText="Không" onConfirm={() => remove.mutate(entry, { onSuccess: onClose })}>
          <Button danger loading={remove.isPending}>
            Xóa mục
          </Button>
        </Popconfirm>
      )}
      {save.isError && <ProblemView error={save.error} />}
      {remove.isError && <ProblemView error={remove.error} />}
    </Modal>
  );
}

function Past({ id }: { id: string }) {
  const seen = useEntry(id);
  return (
    <Loaded query={seen}>
      {(data) => (
        <>
          <p>{data.used_by.length > 0 ? `Chỉ tiêu đang dùng: ${data.used_by.join(", ")}` : "Chưa chỉ tiêu nào dùng."}</p>
          <ul className="plain-list">
            {data.history.map((state) => (
              <li key={state.number}>
                Lần {state.number}, {moment(state.changed_at)}: {state.name}
                {state.retired && " (thôi dùng)"}
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

function itemLines(items: Item[]): string {
  return items.map((item) => `${item.code} ${item.name}`).join("\n");
}

function itemsOf(text: string): Item[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [code = "", ...name] = line.split(/\s+/);
      return { code, name: name.join(" ") };
    });
}
