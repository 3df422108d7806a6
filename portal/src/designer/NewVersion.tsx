import { Button, Upload } from "antd";
import { useState } from "react";

import { holds, useMe } from "@/api/me";
import { FileProblem } from "@/text/FileProblem";

import { useUploadVersion } from "./api";

/** A published version is never changed: a new workbook makes the next one. */
export function NewVersion({ formId, onUploaded }: { formId: string; onUploaded: (id: string) => void }) {
  const me = useMe().data;
  const upload = useUploadVersion(formId);
  const [file, setFile] = useState<File | null>(null);
  const send = (chosen: File) => {
    setFile(chosen);
    upload.mutate(chosen, { onSuccess: (version) => onUploaded(version.id) });
  };
  if (!holds(me, "form_designer")) return null;
  return (
    <>
      <Upload
        accept=".xlsx"
        showUploadList={false}
        beforeUpload={(chosen) => {
          send(chosen);
          return false;
        }}
      >
        <Button loading={upload.isPending}>Tải lên phiên bản mới</Button>
      </Upload>
      {upload.isError && <FileProblem error={upload.error} file={file} onConverted={send} />}
    </>
  );
}
