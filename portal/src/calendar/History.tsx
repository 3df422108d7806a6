import { day, moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";

import { useRevisions, type CalendarRevision } from "./api";
import { changesBetween } from "./year";

/** Every version of the year: by which decision, who set it, what it changed. */
export function History({ year }: { year: number }) {
  const revisions = useRevisions(year);
  return (
    <section className="no-print" aria-label="Lịch sử">
      <h2>Các lần đặt lịch</h2>
      <Loaded query={revisions}>
        {(data) => (
          <table className="plain-table">
            <caption className="visually-hidden">Các lần đặt lịch</caption>
            <thead>
              <tr>
                <th scope="col">Phiên bản</th>
                <th scope="col">Căn cứ</th>
                <th scope="col">Người đặt</th>
                <th scope="col">Thay đổi</th>
              </tr>
            </thead>
            <tbody>
              {data.map((revision, index) => (
                <tr key={revision.number}>
                  <td className="nowrap">{revision.version}</td>
                  <td>{revision.decision ? `${revision.decision} ngày ${day(revision.decided_on)}` : "Lịch mẫu theo Bộ luật Lao động 2019"}</td>
                  <td>{revision.set_by ? `${revision.set_by}, ${moment(revision.set_at)}` : "Hệ thống"}</td>
                  <td>
                    <Changes before={data[index + 1]} after={revision} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}

function Changes({ before, after }: { before: CalendarRevision | undefined; after: CalendarRevision }) {
  if (!before) return <>{after.holidays.length} ngày nghỉ, {after.made_up.length} ngày làm bù</>;
  return (
    <>
      {changesBetween(before, after).map((change) => (
        <div key={change.day}>
          {day(change.day)}: {change.before} → {change.after}
        </div>
      ))}
    </>
  );
}
