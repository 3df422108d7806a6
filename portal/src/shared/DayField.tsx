import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";

/**
 * As it is written in Vietnam, whatever the browser's own language; what is typed may be shorter. What is no date goes
 * back to the last one that was: what is shown is what is sent.
 */
const DAYS = ["DD/MM/YYYY", "D/M/YYYY", "DDMMYYYY"];
const MOMENTS = ["DD/MM/YYYY HH:mm", "D/M/YYYY H:mm"];

interface FieldProps {
  /** ISO 8601: a day, or a day with its minute; empty or null where nothing is said. */
  value?: string | null;
  /** Empty when it is cleared. */
  onChange?: (value: string) => void;
  id?: string;
  className?: string;
  "aria-label"?: string;
}

/** A day: `2026-11-25`. */
export function DayField({ value, onChange, min, max, ...rest }: FieldProps & { min?: string; max?: string }) {
  const tell = (day: Dayjs | null) => onChange?.(day ? day.format("YYYY-MM-DD") : "");
  return (
    <DatePicker
      {...rest}
      format={DAYS}
      placeholder="ngày/tháng/năm"
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      value={value ? dayjs(value) : null}
      onChange={tell}
      // What is typed counts as soon as it is whole: a button beside it must not wait for the field to be left.
      onCalendarChange={(day) => tell(one(day))}
    />
  );
}

/** A day and its minute by the clock of Vietnam, without an offset: `2026-11-25T16:25`. */
export function MomentField({ value, onChange, ...rest }: FieldProps) {
  const tell = (moment: Dayjs | null) => onChange?.(moment ? moment.format("YYYY-MM-DDTHH:mm") : "");
  return (
    <DatePicker
      {...rest}
      showTime={{ format: "HH:mm" }}
      needConfirm={false}
      format={MOMENTS}
      placeholder="ngày/tháng/năm giờ:phút"
      value={value ? dayjs(value) : null}
      onChange={tell}
      onCalendarChange={(moment) => tell(one(moment))}
    />
  );
}

/** The picker's type allows for several. */
const one = (picked: Dayjs | Dayjs[] | null) => (Array.isArray(picked) ? (picked[0] ?? null) : picked);
