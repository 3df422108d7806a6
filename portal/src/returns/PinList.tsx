import { Button } from "antd";

import type { Report } from "@/reports/api";

import { pinKey, type PinBoard, type Pin, type PinPlace } from "./pins";

interface Props {
  report: Report;
  board: PinBoard;
  pins: readonly Pin[];
  onGo: (place: PinPlace) => void;
  onReturn: () => void;
}

/** What has been marked so far, not sent to anybody yet. */
export function PinList({ board, pins, onGo, onReturn }: Props) {
  if (pins.length === 0) return null;
  return (
    <section className="pins no-print" aria-label="Chỗ cần sửa đã đánh dấu">
      <div className="pins-head">
        <b>Đã đánh dấu {pins.length} chỗ cần sửa</b>
        <span className="muted">chưa gửi cho ai</span>
        <Button danger onClick={onReturn}>
          Trả lại với các chỗ này…
        </Button>
      </div>
      <PinItems board={board} pins={pins} onGo={onGo} />
    </section>
  );
}

export function PinItems({ board, pins, onGo }: { board: PinBoard; pins: readonly Pin[]; onGo?: (place: PinPlace) => void }) {
  return (
    <ol className="places">
      {pins.map((pin) => (
        <li key={pinKey(pin)}>
          {onGo ? (
            <Button type="link" size="small" onClick={() => onGo(pin)}>
              {pin.words}
            </Button>
          ) : (
            <b>{pin.words}</b>
          )}
          : {pin.note}{" "}
          <Button type="text" size="small" onClick={() => board.remove(pin)} aria-label={`Bỏ đánh dấu ${pin.words}`}>
            Bỏ
          </Button>
        </li>
      ))}
    </ol>
  );
}
