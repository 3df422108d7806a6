import { App, Button, Checkbox, Input } from "antd";
import { useState } from "react";

import { MomentField } from "@/shared/DayField";
import { moment } from "@/shared/dates";
import { ProblemView } from "@/shared/ProblemView";

import { announce, useMaintenanceAct, useNoticeRule } from "./api";
import "./maintenance.css";

const EMPTY = { title: "", what: "", from: "", to: "", reason: "" };

/** `datetime-local` has no zone; the hours typed are those of Vietnam, wherever the browser stands. */
const inVietnam = (typed: string) => `${typed}:00+07:00`;

export function AnnounceForm() {
  const { message } = App.useApp();
  const rule = useNoticeRule().data;
  const [typed, setTyped] = useState(EMPTY);
  const [emergency, setEmergency] = useState(false);
  const announcing = useMaintenanceAct(announce, () => {
    setTyped(EMPTY);
    setEmergency(false);
    void message.success("Đã thông báo: mọi người của tỉnh thấy ngay trên đầu trang.");
  });
  const put = (name: keyof typeof EMPTY) => (value: string) => {
    setTyped({ ...typed, [name]: value });
    announcing.reset();
  };
  const set = (name: keyof typeof EMPTY) => (event: { target: { value: string } }) => put(name)(event.target.value);
  const ready = typed.title.trim() && typed.what.trim() && typed.from && typed.to && (!emergency || typed.reason.trim());
  return (
    <section className="maintenance-form no-print" aria-label="Thông báo bảo trì">
      <h2>Thông báo bảo trì</h2>
      {rule && (
        <p>
          Phải thông báo trước ít nhất <b>{rule.words}</b> ({rule.article}). Thông báo lúc này thì sớm nhất bắt đầu được lúc{" "}
          <b>{moment(rule.earliest_at)}</b>.
        </p>
      )}
      <label>
        Việc bảo trì
        <Input value={typed.title} maxLength={200} placeholder="Nâng cấp phần mềm lên bản 1.4" onChange={set("title")} />
      </label>
      <label>
        Nội dung
        <Input.TextArea value={typed.what} maxLength={2000} rows={2} placeholder="Cài đặt bản mới, khởi động lại các dịch vụ" onChange={set("what")} />
      </label>
      <div className="maintenance-span">
        <label>
          Từ (giờ Việt Nam)
          <MomentField value={typed.from} onChange={put("from")} />
        </label>
        <label>
          Đến
          <MomentField value={typed.to} onChange={put("to")} />
        </label>
        <Checkbox checked={emergency} onChange={(event) => setEmergency(event.target.checked)}>
          Khẩn cấp, không báo trước được
        </Checkbox>
      </div>
      {emergency && (
        <label>
          Lý do khẩn cấp
          <Input.TextArea value={typed.reason} maxLength={2000} rows={2} onChange={set("reason")} />
        </label>
      )}
      <Button
        type="primary"
        disabled={!ready}
        loading={announcing.isPending}
        onClick={() =>
          announcing.mutate({
            title: typed.title,
            what: typed.what,
            starts_at: inVietnam(typed.from),
            ends_at: inVietnam(typed.to),
            emergency_reason: emergency ? typed.reason : "",
          })
        }
      >
        Thông báo
      </Button>
      {announcing.isError && <ProblemView error={announcing.error} />}
    </section>
  );
}
