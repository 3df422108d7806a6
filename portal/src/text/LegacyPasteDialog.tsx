import { Button, Modal } from "antd";

import { ENCODING_NAMES } from "./legacy";
import { LegacyTable } from "./LegacyTable";
import type { LegacyPaste } from "./pasted";

interface Props {
  found: LegacyPaste | null;
  onConvert: (text: string) => void;
  onCancel: () => void;
}

const MOST_LINES = 200;

/** Asked before a pasted text from before Unicode goes into the table: the server would refuse it as it is. */
export function LegacyPasteDialog({ found, onConvert, onCancel }: Props) {
  return (
    <Modal
      open={found !== null}
      width={720}
      title="Nội dung dán chưa phải Unicode"
      onCancel={onCancel}
      footer={[
        <Button key="cancel" onClick={onCancel}>
          Không dán
        </Button>,
        <Button key="use" type="primary" autoFocus onClick={() => found && onConvert(found.text)}>
          Chuyển và dùng
        </Button>,
      ]}
    >
      {found && (
        <>
          <p>
            <strong>{found.changes.length} ô</strong> viết theo bảng mã cũ {ENCODING_NAMES[found.encoding]}. Hệ thống chỉ nhận Unicode (TCVN 6909:2001).
            Xem bản chuyển mã rồi quyết định; số liệu không đổi.
          </p>
          <LegacyTable lines={found.changes.slice(0, MOST_LINES)} standing="Nội dung dán" />
          {found.changes.length > MOST_LINES && <p>và {found.changes.length - MOST_LINES} ô khác</p>}
        </>
      )}
    </Modal>
  );
}
