import { DatePicker } from "antd";
import dayjs from "dayjs";

/** As it is written in Vietnam, whatever the browser's own language; what is typed may be shorter. */
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
  return (
    <DatePicker
      {...rest}
      format={DAYS}
      placeholder="ngày/tháng/năm"
      preserveInvalidOnBlur
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format("YYYY-MM-DD") : "")}
    />
  );
}

/** A day and its minute by the clock of Vietnam, without an offset: `2026-11-25T16:25`. */
export function MomentField({ value, onChange, ...rest }: FieldProps) {
  return (
    <DatePicker
      {...rest}
      showTime={{ format: "HH:mm" }}
      needConfirm={false}
      format={MOMENTS}
      placeholder="ngày/tháng/năm giờ:phút"
      preserveInvalidOnBlur
      value={value ? dayjs(value) : null}
      onChange={(moment) => onChange?.(moment ? moment.format("YYYY-MM-DDTHH:mm") : "")}
    />
  );
}
