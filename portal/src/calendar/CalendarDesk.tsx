import { App, Button, Input } from "antd";
import { useState } from "react";

import { DayField } from "@/shared/DayField";
import { ProblemView } from "@/shared/ProblemView";

import { DayDialog } from "./DayDialog";
import { MovedTable } from "./MovedTable";
import { YearGrid } from "./YearGrid";
import { usePreview, useSetCalendar, type CalendarDraft, type CalendarYear } from "./api";
import { changesBetween, DAY_KINDS, isRestDay, kindOf, setDay, swapDays } from "./year";

/** The year to read; for an administrator also a draft above it, which is tried before it is saved. */
export function CalendarDesk({ calendar, mayEdit }: { calendar: CalendarYear; mayEdit: boolean }) {
  const { message } = App.useApp();
  const kept: CalendarDraft = { holidays: calendar.holidays, made_up: calendar.made_up, decision: "", decided_on: null };
  const [draft, setDraft] = useState<CalendarDraft>(kept);
  const [asked, setAsked] = useState<string | null>(null);
  const preview = usePreview(calendar);
  const save = useSetCalendar(calendar, (now) => void message.success(`Đã lưu lịch, phiên bản ${now.version}.`));
  const changes = changesBetween(calendar, draft);
  const changed = new Set(changes.map((change) => change.day));
  const ready = changes.length > 0 && draft.decision.trim() !== "" && draft.decided_on !== null;

  // A preview holds for the draft it was asked for and for no other.
  const change = (next: CalendarDraft) => {
    setDraft(next);
    preview.reset();
    save.reset();
  };

  return (
    <>
      <Legend />
      <YearGrid
        year={calendar.year}
        look={(day) => {
          const { kind, name } = kindOf(day, draft);
          return { className: changed.has(day) ? `${kind} changed` : kind, title: name ? `${DAY_KINDS[kind]}, ${name}` : DAY_KINDS[kind] };
        }}
        onDay={mayEdit ? setAsked : undefined}
      />
      {mayEdit && (
        <section className="no-print" aria-label="Sửa lịch">
          <h2>Sửa lịch theo quyết định</h2>
          <p>Bấm vào một ngày để đặt là ngày nghỉ hoặc ngày làm bù, hoặc hoán đổi hai ngày dưới đây. Chỉ khi lưu, lịch mới có hiệu lực.</p>
          <SwapForm year={calendar.year} onSwap={(off, worked) => change(swapDays(draft, off, worked))} />
          {changes.length > 0 && (
            <ul>
              {changes.map((item) => (
                <li key={item.day}>
                  {item.day.split("-").reverse().join("/")}: {item.before} → <b>{item.after}</b>
                </li>
              ))}
            </ul>
          )}
          <div className="calendar-tools">
            <label>
              Số quyết định, thông báo
              <Input value={draft.decision} maxLength={200} placeholder="9441/TB-BNV" onChange={(event) => change({ ...draft, decision: event.target.value })} />
            </label>
            <label>
              Ngày ban hành
              <DayField value={draft.decided_on} onChange={(day) => change({ ...draft, decided_on: day || null })} />
            </label>
            <Button disabled={!ready} loading={preview.isPending} onClick={() => preview.mutate(draft)}>
              Xem thời hạn sẽ dời
            </Button>
            <Button
              type="primary"
              disabled={!ready || !preview.isSuccess}
              loading={save.isPending}
              onClick={() => save.mutate(draft)}
            >
              Lưu lịch
            </Button>
            <Button disabled={changes.length === 0} onClick={() => change(kept)}>
              Bỏ thay đổi
            </Button>
          </div>
          {preview.isError && <ProblemView error={preview.error} />}
          {save.isError && <ProblemView error={save.error} />}
          {preview.isSuccess && <MovedTable moved={preview.data} />}
        </section>
      )}
      {asked && (
        <DayDialog
          key={asked}
          day={asked}
          draft={draft}
          onClose={() => setAsked(null)}
          onSet={(kind, name) => {
            change(setDay(draft, asked, kind, name));
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

function Legend() {
  return (
    <ul className="year-legend">
      <li>
        <span className="swatch">5</span>Ngày làm việc
      </li>
      <li>
        <span className="swatch rest">5</span>Nghỉ hằng tuần
      </li>
      <li>
        <span className="swatch holiday">5</span>Nghỉ lễ, nghỉ bù (gạch chân)
      </li>
      <li>
        <span className="swatch made_up">5</span>Làm bù (chữ nghiêng)
      </li>
    </ul>
  );
}

function SwapForm({ year, onSwap }: { year: number; onSwap: (off: string, worked: string) => void }) {
  const [off, setOff] = useState("");
  const [worked, setWorked] = useState("");
  const within = (day: string) => day.startsWith(`${year}-`);
  const fitting = within(off) && within(worked) && !isRestDay(off) && isRestDay(worked);
  return (
    <div className="calendar-tools">
      <label>
        Nghỉ ngày (thứ Hai – thứ Sáu)
        <DayField min={`${year}-01-01`} max={`${year}-12-31`} value={off} onChange={setOff} />
      </label>
      <label>
        Làm bù vào (thứ Bảy, Chủ nhật)
        <DayField min={`${year}-01-01`} max={`${year}-12-31`} value={worked} onChange={setWorked} />
      </label>
      <Button disabled={!fitting} onClick={() => onSwap(off, worked)}>
        Hoán đổi
      </Button>
    </div>
  );
}
