import { Button, Form, Input, Modal, Tag, Upload } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { holds, useMe } from "@/api/me";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { FileProblem } from "@/text/FileProblem";

import { useForms, useUploadForm, VERSION_STATES } from "./api";
import { ImportPackage } from "./ImportPackage";

export function FormsPage() {
  const me = useMe().data;
  const [q, setQ] = useState("");
  const [uploading, setUploading] = useState(false);
  const [importing, setImporting] = useState(false);
  const forms = useForms(q);
  return (
    <>
      <PageTitle
        title="Biểu mẫu"
        extra={
          holds(me, "form_designer") && (
            <>
              <Button onClick={() => setImporting(true)}>Nhận gói của tỉnh khác</Button>
              <Button type="primary" onClick={() => setUploading(true)}>
                Tải lên biểu mẫu .xlsx
              </Button>
            </>
          )
        }
      />
      <div className="filters no-print">
        <Input.Search className="filter-text" allowClear aria-label="Tìm biểu mẫu" placeholder="Mã, tên biểu mẫu" onSearch={(value) => setQ(value.trim())} />
      </div>
      <Loaded query={forms} empty={{ when: (data) => data.items.length === 0, words: "Chưa có biểu mẫu nào." }}>
        {(data) => (
          <table className="plain-table">
            <caption className="visually-hidden">Danh sách biểu mẫu</caption>
            <thead>
              <tr>
                <th scope="col">Mã</th>
                <th scope="col">Tên biểu mẫu</th>
                <th scope="col">Phiên bản mới nhất</th>
                <th scope="col">Ngày công bố</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((form) => {
                const latest = form.versions[0];
                return (
                  <tr key={form.id}>
                    <td className="nowrap">{form.code}</td>
                    <td>
                      <Link to={`/bieu-mau/${form.id}`}>{form.name}</Link>
                    </td>
                    <td>{latest && <Tag color={latest.state === "published" ? "green" : "gold"}>{`Số ${latest.number}: ${VERSION_STATES[latest.state]}`}</Tag>}</td>
                    <td>{day(latest?.published_at)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </Loaded>
      {importing && <ImportPackage onClose={() => setImporting(false)} />}
      {uploading && <UploadDialog onClose={() => setUploading(false)} />}
    </>
  );
}

function UploadDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const upload = useUploadForm();
  const [file, setFile] = useState<File | null>(null);
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const send = (chosen: File) =>
    upload.mutate({ file: chosen, code: code.trim(), name: name.trim() }, { onSuccess: (form) => void navigate(`/bieu-mau/${form.id}`) });
  const ready = file !== null && code.trim() !== "" && name.trim() !== "";
  return (
    <Modal
      open
      title="Tải lên biểu mẫu chính thức"
      okText="Tải lên và đọc biểu"
      cancelText="Không"
      okButtonProps={{ disabled: !ready, loading: upload.isPending }}
      onOk={() => file && send(file)}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label="Tệp .xlsx" required>
          <Upload
            accept=".xlsx"
            maxCount={1}
            beforeUpload={(chosen) => {
              setFile(chosen);
              if (name === "") setName(chosen.name.replace(/\.xlsx$/i, ""));
              return false;
            }}
            onRemove={() => setFile(null)}
          >
            <Button>Chọn tệp…</Button>
          </Upload>
        </Form.Item>
        <Form.Item label="Mã biểu mẫu" htmlFor="form-code" required>
          <Input id="form-code" value={code} onChange={(event) => setCode(event.target.value)} />
        </Form.Item>
        <Form.Item label="Tên biểu mẫu" htmlFor="form-name" required>
          <Input id="form-name" value={name} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
      </Form>
      {upload.isError && (
        <FileProblem
          error={upload.error}
          file={file}
          onConverted={(converted) => {
            setFile(converted);
            send(converted);
          }}
        />
      )}
    </Modal>
  );
}
