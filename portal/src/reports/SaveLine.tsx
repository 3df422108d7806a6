import { Alert, Button } from "antd";
import { useSyncExternalStore } from "react";

import type { SaveState } from "@/filing/autosave";

import type { FilingDesk } from "./filingDesk";

interface Props {
  desk: FilingDesk;
  state: SaveState;
  readOnly: boolean;
  onConflict: () => void;
}

const WORDS: Record<SaveState, string> = {
  saved: "Mọi số liệu đã lưu trên máy chủ.",
  waiting: "Đang chờ bạn gõ xong để lưu…",
  saving: "Đang lưu…",
  offline: "Chưa lưu được lên máy chủ.",
  blocked: "Máy chủ không nhận.",
};

/** Always says where the figures are: on the server, on the way, or kept on this machine. */
export function SaveLine({ desk, state, readOnly, onConflict }: Props) {
  useSyncExternalStore(desk.store.subscribe, desk.store.stamp);
  const { store, autosave } = desk;
  const kept = store.unsaved("queued", "saving", "failed").length;
  const refused = store.unsaved("refused").length;
  const conflicts = store.unsaved("conflict").length;
  if (readOnly && kept + refused + conflicts === 0) return null;
  const trouble = state === "offline" || state === "blocked";
  return (
    <div className="save-line" role="status">
      {trouble ? (
        <Alert
          type="warning"
          showIcon
          title={`${WORDS[state]} ${kept} ô đang được giữ trên máy này${state === "offline" ? ", sẽ tự gửi lại." : "."}`}
          description={
            autosave.problem && (
              <>
                {autosave.problem.body.detail} {autosave.problem.body.remedy}{" "}
                <span className="problem-code">Mã: {autosave.problem.code}</span>
              </>
            )
          }
          action={<Button onClick={() => void autosave.flush()}>Lưu lại ngay</Button>}
        />
      ) : (
        <span className={kept > 0 ? "save-busy" : "save-done"}>
          {kept > 0 ? WORDS[state] : refused + conflicts > 0 ? "Các ô khác đã lưu." : WORDS.saved}
        </span>
      )}
      {refused > 0 && <span className="save-refused">{refused} ô chưa đúng cách viết hoặc bị từ chối, chưa lưu (nền đỏ).</span>}
      {conflicts > 0 && (
        <span className="save-refused">
          {conflicts} ô người khác cũng vừa sửa.{" "}
          <Button size="small" onClick={onConflict}>
            Xem và chọn
          </Button>
        </span>
      )}
    </div>
  );
}
