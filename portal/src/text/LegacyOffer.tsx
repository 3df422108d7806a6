import { Alert, Button } from "antd";

import { ENCODING_NAMES } from "./legacy";
import { LegacyTable } from "./LegacyTable";
import type { useLegacyText } from "./useLegacyText";

/** Beside a text field: what stands there in a font from before Unicode, what it would read as, one press to convert
 *  it, one to take that back. */
export function LegacyOffer({ legacy }: { legacy: ReturnType<typeof useLegacyText> }) {
  const { found, converted } = legacy;
  if (found) {
    return (
      <Alert
        type="warning"
        showIcon
        title={`${found.changes.length} đoạn viết theo bảng mã cũ ${ENCODING_NAMES[found.encoding]}, chưa phải Unicode: máy chủ sẽ không nhận.`}
        description={<LegacyTable lines={found.changes} standing="Đang viết" />}
        action={
          <Button type="primary" onClick={legacy.convert}>
            Chuyển sang Unicode
          </Button>
        }
      />
    );
  }
  if (converted === null) return null;
  return (
    <Alert type="success" showIcon title={`Đã chuyển ${converted} đoạn sang Unicode; xem lại rồi lưu.`} action={<Button onClick={legacy.undo}>Hoàn tác chuyển mã</Button>} />
  );
}
