import { Alert, App, Button, Popconfirm, Segmented, Tag } from "antd";
import { useMemo, useState } from "react";
import { useParams } from "react-router";

import { download } from "@/api/http";
import { holds, useMe } from "@/api/me";
import { asProblem } from "@/api/problem";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { useDesignedVersion, useForm, usePublish, VERSION_STATES, type DesignedVersion, type FormItem } from "./api";
import { CellsDesk } from "./CellsDesk";
import { DifferenceView } from "./DifferenceView";
import { KindsDesk } from "./KindsDesk";
import { ListsDesk } from "./ListsDesk";
import { LinksDesk } from "./LinksDesk";
import { NewVersion } from "./NewVersion";
import { PurposeLine } from "./PurposeLine";
import { RulesDesk } from "./RulesDesk";
import { VersionActions } from "./VersionActions";

export function FormPage() {
  const { id = "" } = useParams();
  const form = useForm(id);
  return <Loaded query={form}>{(data) => <FormDesk key={data.id} form={data} />}</Loaded>;
}

function FormDesk({ form }: { form: FormItem }) {
  const [chosen, setChosen] = useState<string | undefined>();
  const current = chosen ?? form.versions[0]?.id;
  const version = useDesignedVersion(current);
  return (
    <>
      <PageTitle title={`${form.code} – ${form.name}`} extra={<NewVersion formId={form.id} onUploaded={setChosen} />}>
        <PurposeLine form={form} />
        {form.versions.length > 1 && (
          <Segmented<string>
            value={current ?? ""}
            onChange={setChosen}
            options={form.versions.map((item) => ({ value: item.id, label: `Phiên bản ${item.number} – ${VERSION_STATES[item.state]}` }))}
          />
        )}
      </PageTitle>
      <Loaded query={version}>
        {(data) => (
          <>
            <DifferenceView form={form} version={data} />
            <Designer key={data.id} form={form} version={data} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Designer({ form, version }: { form: FormItem; version: DesignedVersion }) {
  const { message } = App.useApp();
  const me = useMe().data;
  const publish = usePublish(version);
  const [sheetName, setSheetName] = useState(version.model.sheets[0]?.name ?? "");
  const [part, setPart] = useState<Part>("cells");
  const sheet = version.model.sheets.find((item) => item.name === sheetName) ?? version.model.sheets[0];
  const counts = useMemo(() => countsOf(version), [version]);
  const editable = (version.state === "draft" || version.state === "trial") && holds(me, "form_designer");
  return (
    <div className="designer">
      <div className="report-head">
        <Tag color={version.state === "published" ? "green" : "gold"}>{VERSION_STATES[version.state]}</Tag>
        <span>
          {counts.input} ô nhập, {counts.computed} ô tính, {counts.not_applicable} ô không áp dụng
        </span>
        <Button onClick={() => void download("catalog", `/form-versions/${version.id}/template.xlsx`).catch((error: unknown) => message.error(asProblem(error).body.detail))}>
          Tải tệp gốc .xlsx
        </Button>
        <VersionActions version={version} />
        {editable && (
          <Popconfirm
            title="Công bố phiên bản này? Sau khi công bố, loại ô không sửa được nữa; muốn đổi phải tải lên phiên bản mới."
            okText="Công bố"
            cancelText="Chưa"
            onConfirm={() => publish.mutate()}
          >
            <Button type="primary" loading={publish.isPending}>
              Công bố
            </Button>
          </Popconfirm>
        )}
      </div>
      {publish.isError && <ProblemView error={publish.error} />}
      <Proposal version={version} />
      {version.model.sheets.length > 1 && <Segmented value={sheetName} onChange={setSheetName} options={version.model.sheets.map((item) => item.name)} />}
      <Segmented<Part>
        value={part}
        onChange={setPart}
        options={[
          { value: "cells", label: "Ô của biểu" },
          { value: "kinds", label: sheet && sheet.lists.length > 0 ? "Loại số liệu, danh sách" : "Loại số liệu" },
          { value: "rules", label: `Quy tắc kiểm tra (${version.model.rules?.length ?? 0})` },
          { value: "links", label: `Lấy từ biểu nhập liệu (${form.links.length})` },
        ]}
      />
      {(part === "cells" || part === "links") && <Legend />}
      {sheet && part === "cells" && <CellsDesk version={version} sheet={sheet} editable={editable} />}
      {sheet && part === "kinds" && <ListsDesk version={version} sheet={sheet} editable={editable} />}
      {sheet && part === "kinds" && <KindsDesk version={version} sheet={sheet} editable={editable} />}
      {sheet && part === "links" && <LinksDesk form={form} version={version} sheet={sheet} editable={holds(me, "form_designer", "province_admin")} />}
      {sheet && part === "rules" && <RulesDesk version={version} sheet={sheet} editable={editable} />}
    </div>
  );
}

type Part = "cells" | "kinds" | "rules" | "links";

function Legend() {
  return (
    <div className="legend">
      <span className="swatch cell-input">Ô nhập</span>
      <span className="swatch cell-computed">Ô tính bằng công thức</span>
      <span className="swatch cell-label">Nhãn</span>
      <span className="swatch cell-not_applicable">Không áp dụng (x)</span>
    </div>
  );
}

/** What the importer wasn't sure of: cells it left as labels, and its notes. */
function Proposal({ version }: { version: DesignedVersion }) {
  const { proposal } = version;
  if (!proposal) return null;
  const { left_as_label: left, notes } = proposal;
  return (
    <>
      {notes.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={`Hệ thống có ${notes.length} lưu ý khi đọc biểu`}
          description={
            <ul className="import-messages">
              {notes.map((note, index) => (
                <li key={index}>{note.message}</li>
              ))}
            </ul>
          }
        />
      )}
      {left.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${left.length} ô được để là nhãn vì chưa chắc là ô nhập; hãy kiểm tra lại`}
          description={
            <ul className="import-messages">
              {left.map((item) => (
                <li key={item.cell}>
                  {item.cell} “{item.text}”: {item.why}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}

function countsOf(version: DesignedVersion): Record<string, number> {
  const counts: Record<string, number> = { input: 0, computed: 0, label: 0, not_applicable: 0 };
  for (const sheet of version.model.sheets) {
    for (const cell of [...sheet.cells, ...sheet.lists.flatMap((list) => list.cells)]) {
      counts[cell.kind] = (counts[cell.kind] ?? 0) + 1;
    }
  }
  return counts;
}
