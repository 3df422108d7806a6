import { Button, Upload } from "antd";

import { holds, useMe } from "@/api/me";
import { ProblemView } from "@/shared/ProblemView";

import { useUploadVersion } from "./api";

/** A published version is never changed: a new workbook makes the next one. */
export function NewVersion({ formId, onUploaded }: { formId: string; onUploaded: (id: string) => void }) {
  const me = useMe().data;
  const upload = useUploadVersion(formId);
  if (!holds(me, "form_designer")) return null;
  return (
    <>
      <Upload
        accept=".xlsx"
        showUploadList={false}
        beforeUpload={(file) => {
          upload.mutate(file, { onSuccess: (version) => onUploaded(version.id) });
          return false;
        }}
      >
        <Button loading={upload.isPending}>Tải lên phiên bản mới</Button>
      </Upload>
      {upload.isError && <ProblemView error={upload.error} />}
    </>
  );
}
