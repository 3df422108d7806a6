import type { ReactNode } from "react";

import "./calendar.css";
import { WEEKDAY_NAMES, WEEKDAYS, weeksOf } from "./year";

export interface DayLook {
  className: string;
  /** Read aloud and shown on hover; the cell itself has only the day's number. */
  title: string;
  mark?: ReactNode;
}

interface Props {
  year: number;
  look: (day: string) => DayLook;
  onDay?: (day: string) => void;
}

/** Twelve months on one page, on the screen and on paper. */
export function YearGrid({ year, look, onDay }: Props) {
  return (
    <div className="year-grid">
      {Array.from({ length: 12 }, (_, index) => index + 1).map((month) => (
        <table key={month} className="month">
          <caption>Tháng {month}</caption>
          <thead>
            <tr>
              {WEEKDAYS.map((name, index) => (
                <th key={name} scope="col" abbr={WEEKDAY_NAMES[index]}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(year, month).map((week, number) => (
              <tr key={number}>
                {week.map((day, place) => (day === null ? <td key={place} /> : <Day key={day} day={day} look={look(day)} onDay={onDay} />))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Day({ day, look, onDay }: { day: string; look: DayLook; onDay: Props["onDay"] }) {
  const content = (
    <>
      {Number(day.slice(8))}
      {look.mark}
    </>
  );
  return (
    <td className={look.className} title={look.title}>
      {onDay ? (
        <button type="button" onClick={() => onDay(day)} aria-label={`${Number(day.slice(8))}/${Number(day.slice(5, 7))}: ${look.title}`}>
          {content}
        </button>
      ) : (
        content
      )}
    </td>
  );
}
