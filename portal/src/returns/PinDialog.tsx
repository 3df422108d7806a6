import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";

import type { Pin, PinPlace } from "./pins";

interface Props {
  place: PinPlace & { words: string };
  pin: Pin | undefined;
  onSave: (pin: Pin) => void;
  onRemove: () => void;
  onClose: () => void;
}

/** What is wrong at one place, written while looking at it. */
export function PinDialog({ place, pin, onSave, onRemove, onClose }: Props) {
  const [note, setNote] = useState(pin?.note ?? "");
  const save = () => {
    if (note.trim() === "") return;
    onSave({ ...place, note: note.trim() });
    onClose();
  };
  return (
    <Modal
      open
      title="Đánh dấu chỗ cần sửa"
      onCancel={onClose}
      footer={[
        pin && (
          <Button
            key="remove"
            danger
            onClick={() => {
              onRemove();
              onClose();
            }}
          >
            Bỏ đánh dấu
          </Button>
        ),
        <Button key="no" onClick={onClose}>
          Không
        </Button>,
        <Button key="yes" type="primary" disabled={note.trim() === ""} onClick={save}>
          Đánh dấu
        </Button>,
      ]}
    >
      <p>{place.words}</p>
      <Form layout="vertical">
        <Form.Item label="Phải sửa gì ở đây" htmlFor="pin-note" required extra="Ctrl+Enter để đánh dấu. Chỉ gửi đến người nhập liệu khi bạn trả lại báo cáo.">
          <Input.TextArea
            id="pin-note"
            rows={3}
            autoFocus
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
            }}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
