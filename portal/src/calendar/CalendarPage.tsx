import { Button } from "antd";
import { useState } from "react";

import { holds, useMe } from "@/api/me";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { CalendarDesk } from "./CalendarDesk";
import { FeedPanel } from "./FeedPanel";
import { History } from "./History";
import { YearChoice } from "./YearChoice";
import { useCalendar } from "./api";

/** The province's working year: everyone reads it, its administrator sets it by a decision. */
export function CalendarPage() {
  const me = useMe().data;
  const [year, setYear] = useState(() => new Date().getFullYear());
  const calendar = useCalendar(year);
  const shown = calendar.data;
  return (
    <>
      <PageTitle
        title={`Lịch làm việc năm ${year}`}
        extra={
          <>
            <YearChoice year={year} onChange={setYear} />
            <Button onClick={() => window.print()}>In lịch</Button>
          </>
        }
      >
        {shown && (
          <p className="muted">
            Phiên bản {shown.version},{" "}
            {shown.decision ? `theo ${shown.decision} ngày ${day(shown.decided_on)}` : "lịch mẫu theo Bộ luật Lao động 2019, Điều 111 và Điều 112"}
          </p>
        )}
      </PageTitle>
      <Loaded query={calendar}>
        {(data) => <CalendarDesk key={data.version} calendar={data} mayEdit={holds(me, "province_admin")} />}
      </Loaded>
      <History year={year} />
      {me?.unit && <FeedPanel unitId={me.unit.id} unitName={me.unit.name} />}
    </>
  );
}
