import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal } from "antd";
import { useState } from "react";

import { call } from "@/api/http";
import { reportKey, type Report } from "@/reports/api";
import { ProblemView } from "@/shared/ProblemView";

import type { SigningRequest } from "./api";

export function RefuseButton({ report, request }: { report: Report; request: SigningRequest }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const refuse = useMutation({
    mutationFn: () => call("signing", `/requests/${request.id}:refuse`, { method: "POST", body: { reason: reason.trim() } }),
    onSuccess: () => {
      setOpen(false);
      return Promise.all([
        queries.invalidateQueries({ queryKey: ["signing"] }),
        queries.invalidateQueries({ queryKey: reportKey(report.id) }),
      ]);
    },
  });
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        Từ chối ký
      </Button>
      <Modal
        open={open}
        title="Từ chối ký"
        okText="Từ chối ký"
        cancelText="Không"
        okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: refuse.isPending }}
        onOk={() => refuse.mutate()}
        onCancel={() => setOpen(false)}
      >
        <label htmlFor="refuse-reason">Lý do</label>
        <Input.TextArea id="refuse-reason" rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        {refuse.isError && <ProblemView error={refuse.error} />}
      </Modal>
    </>
  );
}
