import { Alert, Button } from "antd";

import { SERVICE_NAMES, type Silent } from "./api";

/** Says which parts didn't answer, so that a short list isn't taken for a complete one. */
export function SilentServices({ silent, retry }: { silent: Silent[]; retry: () => void }) {
  if (silent.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      className="silent"
      title={`Danh sách chưa đầy đủ: phần ${silent.map((item) => `“${SERVICE_NAMES[item.service]}”`).join(", ")} không trả lời.`}
      description={silent.map((item) => (
        <div key={item.service}>
          {SERVICE_NAMES[item.service]}: {item.problem.body.detail}
        </div>
      ))}
      action={<Button onClick={retry}>Hỏi lại</Button>}
    />
  );
}
