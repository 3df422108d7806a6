import { Button, Modal } from "antd";

import type { PastePlan } from "@/filing/paste";

interface Props {
  plan: PastePlan | null;
  onChoose: (blanksToo: boolean) => void;
  onCancel: () => void;
}

/** Asked once for a pasted block: what shall its blank cells do to figures that stand there? */
export function PasteDialog({ plan, onChoose, onCancel }: Props) {
  const count = plan?.blanks.length ?? 0;
  return (
    <Modal
      open={plan !== null}
      width={640}
      title="Khối dán có ô trống"
      onCancel={onCancel}
      footer={[
        <Button key="cancel" onClick={onCancel}>
          Không dán
        </Button>,
        <Button key="blank" danger onClick={() => onChoose(true)}>
          Dán và xóa trống {count} ô này
        </Button>,
        <Button key="keep" type="primary" autoFocus onClick={() => onChoose(false)}>
          Dán, giữ nguyên {count} số liệu
        </Button>,
      ]}
    >
      <p>
        Trong khối bạn dán, <strong>{count} ô trống</strong> rơi vào ô đang có số liệu. Hệ thống không tự xóa số liệu bằng ô
        trống: hãy chọn cách làm.
      </p>
      {plan && plan.writes.length > 0 && <p>{plan.writes.length} ô có nội dung sẽ được dán trong cả hai cách.</p>}
    </Modal>
  );
}
