import { Alert, Button, Popconfirm } from "antd";
import type { ReactNode } from "react";

import type { OpenDraft } from "./useDraft";

interface Props {
  draft: Pick<OpenDraft<unknown, unknown>, "changed" | "overtaken" | "drop">;
  /** While it is being saved, what comes back is one's own. */
  saving: boolean;
  /** What is changed here, in the middle of a sentence. */
  what: string;
  /** The button that saves. */
  children: ReactNode;
}

/** Under a desk: what is unsaved is said, may be given up, and isn't laid over what a colleague saved meanwhile. */
export function Unsaved({ draft, saving, what, children }: Props) {
  return (
    <>
      {draft.overtaken && !saving && (
        <Alert
          type="warning"
          showIcon
          title={`Người khác vừa lưu ${what} này. Thay đổi của bạn còn nguyên ở đây nhưng chưa lưu được; bỏ thay đổi để xem bản mới.`}
        />
      )}
      <p className="rule-buttons no-print">
        {children}
        {draft.changed && (
          <>
            <Popconfirm title="Bỏ các thay đổi chưa lưu?" okText="Bỏ" cancelText="Không" onConfirm={draft.drop}>
              <Button>Bỏ thay đổi</Button>
            </Popconfirm>
            <span className="muted">Có thay đổi chưa lưu.</span>
          </>
        )}
      </p>
    </>
  );
}
