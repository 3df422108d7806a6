import { Alert, App, Button, Checkbox, Input } from "antd";
import { useState } from "react";

import { asProblem } from "@/api/problem";
import type { Report } from "@/reports/api";
import { moment } from "@/shared/dates";
import { sentence } from "@/shared/states";

import { isSettled, useLastReturn, useSettle, type Act, type Place } from "./history";
import { noticeOf } from "./notice";
import type { PinPlace } from "./pins";

interface Props {
  report: Report;
  onGo: (place: PinPlace) => void;
}

/** Why the report came back, where each place is, and what was done about it. */
export function ReturnNotice({ report, onGo }: Props) {
  const act = useLastReturn(report);
  const notice = noticeOf(report, act);
  if (!act || !notice) return null;
  const answering = notice === "answering";
  const done = act.places.filter(isSettled).length;
  return (
    <Alert
      type={answering ? "warning" : "info"}
      showIcon
      className="no-print return-notice"
      title={answering ? `${sentence(act.name)}: ${act.reason || "không ghi lý do"}` : `Lần trước: ${act.name}. Lý do: ${act.reason || "không ghi"}`}
      description={
        <>
          {act.who_name}, {moment(act.at)}
          {answering && report.correction_due_at && `. Hạn sửa và gửi lại: ${moment(report.correction_due_at)}`}
          {act.places.length > 0 && (
            <>
              <div className="places-head">
                {act.places.length} chỗ cần sửa, đã xử lý {done}
                {answering && ". Bấm tên ô để đến ô; Shift+F2 tại ô để đánh dấu đã xử lý."}
              </div>
              <ol className="places">
                {act.places.map((place, index) => (
                  <PlaceLine key={index} report={report} act={act} index={index} place={place} open={answering} onGo={onGo} />
                ))}
              </ol>
            </>
          )}
        </>
      }
    />
  );
}

interface LineProps extends Props {
  act: Act;
  index: number;
  place: Place;
  open: boolean;
}

function PlaceLine({ report, act, index, place, open, onGo }: LineProps) {
  const { message } = App.useApp();
  const settle = useSettle(report);
  const [answer, setAnswer] = useState(place.settled?.answer ?? "");
  const mayEnter = open && report.actions.some((item) => item.action === "enter" && item.allowed);
  const tell = (done: boolean) =>
    settle.mutate({ act: act.sequence, place: index, done, answer: answer.trim() }, { onError: (error) => void message.error(asProblem(error).body.detail, 8) });
  const done = isSettled(place);
  return (
    <li>
      <div className="place-line">
        <div>
          <Button type="link" size="small" onClick={() => onGo(place)}>
            {place.words}
          </Button>
          : {place.note}
        </div>
        {mayEnter ? (
          <div className="place-answer">
            <Checkbox checked={settle.isPending ? settle.variables.done : done} onChange={(event) => tell(event.target.checked)} aria-label={`Đã xử lý: ${place.words}`}>
              Đã xử lý
            </Checkbox>
            <Input
              size="small"
              value={answer}
              maxLength={2000}
              placeholder="Đã sửa thế nào, vì sao giữ nguyên"
              aria-label={`Trả lời cho ${place.words}`}
              onChange={(event) => setAnswer(event.target.value)}
              onPressEnter={() => tell(true)}
              onBlur={() => answer.trim() !== (place.settled?.answer ?? "") && tell(done)}
            />
          </div>
        ) : (
          <div className="muted">{settledWords(place)}</div>
        )}
      </div>
    </li>
  );
}

export function settledWords(place: Place): string {
  const { settled } = place;
  if (!settled?.done) return settled?.answer ? `Chưa đánh dấu đã xử lý. ${settled.answer}` : "Chưa đánh dấu đã xử lý.";
  return [`Đã xử lý: ${settled.by}, ${moment(settled.at)}.`, settled.answer].filter(Boolean).join(" ");
}
