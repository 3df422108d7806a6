import { Alert, App, Checkbox, Modal, Switch } from "antd";
import { useState } from "react";

import { useMe } from "@/api/me";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { useChooseMail, useMailChoice, type MailChoice } from "./api";

/** What is sent by e-mail too; in the portal every message is shown. */
export function MailDialog({ onClose }: { onClose: () => void }) {
  return <Loaded query={useMailChoice()}>{(choice) => <Choice choice={choice} onClose={onClose} />}</Loaded>;
}

function Choice({ choice, onClose }: { choice: MailChoice; onClose: () => void }) {
  const { message } = App.useApp();
  const email = useMe().data?.account.email;
  const save = useChooseMail();
  const [mail, setMail] = useState(choice.mail);
  const [off, setOff] = useState<readonly string[]>(choice.mail_off);
  const keep = () => {
    void message.success("Đã lưu lựa chọn nhận thư.");
    onClose();
  };
  return (
    <Modal
      open
      title="Nhận thông báo qua thư điện tử"
      okText="Lưu"
      cancelText="Không"
      confirmLoading={save.isPending}
      onOk={() => save.mutate({ mail, mail_off: [...off] }, { onSuccess: keep })}
      onCancel={onClose}
    >
      {email ? (
        <p>
          Gửi đến {email}. Trên trang này, mọi thông báo vẫn hiện đủ.
        </p>
      ) : (
        <Alert type="warning" showIcon title="Tài khoản chưa có địa chỉ thư điện tử nên không gửi thư được; nhờ người quản trị tài khoản ghi địa chỉ." />
      )}
      <p>
        <Switch aria-label="Gửi thư điện tử" checked={mail} onChange={setMail} /> Gửi thư điện tử
      </p>
      <fieldset className="mail-kinds" disabled={!mail}>
        <legend>Những việc được gửi thư</legend>
        {choice.kinds.map(({ kind, name }) => (
          <Checkbox
            key={kind}
            disabled={!mail}
            checked={!off.includes(kind)}
            onChange={(event) => setOff(event.target.checked ? off.filter((one) => one !== kind) : [...off, kind])}
          >
            {name}
          </Checkbox>
        ))}
      </fieldset>
      {save.isError && <ProblemView error={save.error} />}
    </Modal>
  );
}
