import { Form, Input, Modal, Radio } from "antd";
import { useState } from "react";

import { day as dayWords } from "@/shared/dates";

import { isRestDay, kindOf, WEEKDAY_NAMES, weekday, type DayKind } from "./year";
import type { CalendarDraft } from "./api";

interface Props {
  day: string;
  draft: CalendarDraft;
  onSet: (kind: DayKind, name: string) => void;
  onClose: () => void;
}

/** One day of the draft: as the week says, off, or worked instead of another. */
export function DayDialog({ day, draft, onSet, onClose }: Props) {
  const known = kindOf(day, draft);
  const [kind, setKind] = useState<DayKind>(known.kind);
  const [name, setName] = useState(known.name);
  const rest = isRestDay(day);
  const named = kind === "holiday" || kind === "made_up";
  return (
    <Modal
      open
      title={`${WEEKDAY_NAMES[weekday(day)]} ${dayWords(day)}`}
      okText="Đặt ngày này"
      cancelText="Không"
      okButtonProps={{ disabled: named && name.trim() === "" }}
      onOk={() => onSet(kind, name.trim())}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label="Là ngày">
          <Radio.Group
            value={kind}
            onChange={(event) => setKind(event.target.value as DayKind)}
            options={[
              rest ? { value: "rest", label: "Nghỉ hằng tuần" } : { value: "work", label: "Làm việc bình thường" },
              { value: "holiday", label: "Nghỉ lễ, nghỉ bù, nghỉ hoán đổi" },
              ...(rest ? [{ value: "made_up", label: "Làm bù" }] : []),
            ]}
          />
        </Form.Item>
        {named && (
          <Form.Item label="Tên gọi" htmlFor="day-name" required>
            <Input id="day-name" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
