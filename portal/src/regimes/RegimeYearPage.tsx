import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { useCalendar } from "@/calendar/api";
import { DAY_KINDS, kindOf } from "@/calendar/year";
import { YearChoice } from "@/calendar/YearChoice";
import { YearGrid } from "@/calendar/YearGrid";
import { usePeriods, type Period } from "@/progress/api";
import { day, deadline as deadlineWords } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { useRegime, type Regime } from "./api";

/** The year of a regime on one page: when figures are closed, when reports are due, by which article. */
export function RegimeYearPage() {
  const { id = "" } = useParams();
  const regime = useRegime(id);
  return <Loaded query={regime}>{(data) => <RegimeYear regime={data} />}</Loaded>;
}

function RegimeYear({ regime }: { regime: Regime }) {
  const [year, setYear] = useState(() => new Date().getFullYear());
  const calendar = useCalendar(year);
  // December's report of last year may be due in January, so the year before is asked for too.
  const periods = usePeriods(regime.id, `${year - 1}-01-01`, `${year}-12-31`);
  const shown = { holidays: calendar.data?.holidays ?? [], made_up: calendar.data?.made_up ?? [] };
  return (
    <>
      <PageTitle
        title={`Lịch năm ${year}: ${regime.code} – ${regime.name}`}
        extra={
          <>
            <YearChoice year={year} onChange={setYear} />
            <Button onClick={() => window.print()}>In lịch</Button>
            <Link to={`/che-do/${regime.id}`}>Về chế độ báo cáo</Link>
          </>
        }
      >
        {regime.legal_basis && <p className="muted">Căn cứ: {regime.legal_basis}</p>}
      </PageTitle>
      <Loaded query={periods} empty={{ when: (data) => ofYear(data, year).length === 0, words: "Năm này không có kỳ báo cáo nào." }}>
        {(data) => {
          const found = ofYear(data, year);
          const due = days(found, (period) => period.deadlines.map((one) => [one.last_day, `hạn gửi ${period.label}${one.level ? ` (${levelWords(one.level)})` : ""}`]));
          const closing = days(found, (period) => [[period.cut_off.to, `chốt số liệu ${period.label}`]]);
          return (
            <>
              <ul className="year-legend">
                <li>
                  <span className="swatch due">5</span>Ngày cuối được gửi
                </li>
                <li>
                  <span className="swatch cut-off">5</span>Ngày chốt số liệu
                </li>
                <li>
                  <span className="swatch holiday">5</span>Nghỉ lễ, nghỉ bù
                </li>
              </ul>
              <YearGrid
                year={year}
                look={(each) => {
                  const { kind, name } = kindOf(each, shown);
                  const words = [...(due.get(each) ?? []), ...(closing.get(each) ?? []), name || DAY_KINDS[kind]];
                  return { className: [due.has(each) ? "due" : kind, closing.has(each) ? "cut-off" : ""].join(" ").trim(), title: words.join("; ") };
                }}
              />
              <PeriodTable periods={found} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const LEVELS: Record<string, string> = {
  province: "cấp tỉnh",
  department: "sở, ban, ngành",
  district: "cấp huyện",
  commune: "cấp xã",
  unit: "đơn vị trực thuộc",
  office: "phòng",
};
const levelWords = (level: string) => LEVELS[level] ?? level;

function ofYear(periods: Period[], year: number): Period[] {
  const within = (each: string) => each.startsWith(`${year}-`);
  return periods
    .filter((period) => within(period.first_day) || period.deadlines.some((one) => within(one.last_day)))
    .sort((a, b) => ((a.deadlines[0]?.due_at ?? "") < (b.deadlines[0]?.due_at ?? "") ? -1 : 1));
}

function days(periods: Period[], of: (period: Period) => [string, string][]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [each, words] of periods.flatMap(of)) found.set(each, [...(found.get(each) ?? []), words]);
  return found;
}

function PeriodTable({ periods }: { periods: Period[] }) {
  return (
    <table className="plain-table">
      <caption>Các kỳ báo cáo trong năm</caption>
      <thead>
        <tr>
          <th scope="col">Kỳ</th>
          <th scope="col">Chốt số liệu</th>
          <th scope="col">Hạn gửi</th>
          <th scope="col">Căn cứ</th>
        </tr>
      </thead>
      <tbody>
        {periods.map((period) => (
          <tr key={period.key}>
            <td>{period.label}</td>
            <td className="nowrap">
              {day(period.cut_off.from)} – {day(period.cut_off.to)}
            </td>
            <td>
              {period.deadlines.map((one) => (
                <div key={one.level ?? ""}>
                  {one.level ? `${levelWords(one.level)}: ` : ""}
                  {deadlineWords(one.due_at)}
                </div>
              ))}
            </td>
            <td>{[...new Set(period.deadlines.map((one) => `${one.rule}, ${one.article}`))].join("; ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
