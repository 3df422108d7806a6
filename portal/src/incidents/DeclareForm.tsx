import { App, Button, Input } from "antd";
import { useState } from "react";

import { DayField, MomentField } from "@/shared/DayField";
import { ProblemView } from "@/shared/ProblemView";

import { useDeclare, type Outage } from "./api";
import "@/maintenance/maintenance.css";

/** As `datetime-local` has it, in Vietnam's hours, wherever the browser stands. */
const typedOf = (moment: string) => new Date(new Date(moment).getTime() + 7 * 3_600_000).toISOString().slice(0, 16);

/** Begins with what the system recorded, if that is what is declared; every word of it can be edited. */
export function DeclareForm({ outage, onDone }: { outage: Outage | null; onDone: () => void }) {
  const { message } = App.useApp();
  const [typed, setTyped] = useState({
    title: outage ? `Gián đoạn: ${outage.name}` : "",
    from: outage ? typedOf(outage.from_at) : "",
    // The minute it was over, not the one before.
    to: outage?.to_at ? typedOf(new Date(new Date(outage.to_at).getTime() + 59_999).toISOString()) : "",
    reason: "",
    number: "",
    on: "",
  });
  const declaring = useDeclare(() => {
    void message.success("Đã ghi nhận sự cố.");
    onDone();
  });
  const set = (name: keyof typeof typed) => (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value });
  const ready = Object.values(typed).every((value) => value.trim() !== "");
  return (
    <div className="maintenance-form">
      <h2>Ghi nhận sự cố bằng văn bản</h2>
      {outage && <p>Lập từ ghi nhận của Hệ thống: {outage.name}, {outage.fault}. Sửa được mọi mục.</p>}
      <label>
        Sự cố
        <Input value={typed.title} maxLength={200} onChange={set("title")} />
      </label>
      <div className="maintenance-span">
        <label>
          Gián đoạn từ (giờ Việt Nam)
          <MomentField value={typed.from} onChange={(from) => setTyped({ ...typed, from })} />
        </label>
        <label>
          Gián đoạn đến
          <MomentField value={typed.to} onChange={(to) => setTyped({ ...typed, to })} />
        </label>
      </div>
      <label>
        Nguyên nhân, phạm vi
        <Input.TextArea value={typed.reason} maxLength={2000} rows={2} onChange={set("reason")} />
      </label>
      <div className="maintenance-span">
        <label>
          Số văn bản ghi nhận
          <Input value={typed.number} maxLength={100} placeholder="15/TB-SKHCN" onChange={set("number")} />
        </label>
        <label>
          Ngày văn bản
          <DayField value={typed.on} onChange={(on) => setTyped({ ...typed, on })} />
        </label>
      </div>
      <Button
        type="primary"
        disabled={!ready}
        loading={declaring.isPending}
        onClick={() =>
          declaring.mutate({
            title: typed.title,
            from_at: `${typed.from}:00+07:00`,
            to_at: `${typed.to}:00+07:00`,
            reason: typed.reason,
            document_number: typed.number,
            document_on: typed.on,
            recorded: outage ? `${outage.name}: ${outage.fault} (từ ${outage.from_at} đến ${outage.to_at ?? ""})` : "",
          })
        }
      >
        Ghi nhận
      </Button>
      {declaring.isError && <ProblemView error={declaring.error} />}
    </div>
  );
}
