import { Alert, Button, DatePicker, Popconfirm, Segmented, Tag } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { holds, useMe } from "@/api/me";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { publish, useIndicator, useIndicatorChange, type IndicatorItem, type IndicatorSeen, type IndicatorVersion } from "./api";
import { IndicatorForm } from "./IndicatorForm";
import { MergeButton } from "./MergeButton";
import { DIRECTIONS, RULES, TIME_KINDS, TIME_RULES, wordOf } from "./words";

export function IndicatorPage() {
  const { id = "" } = useParams();
  const indicator = useIndicator(id);
  return <Loaded query={indicator}>{(seen) => <IndicatorDesk key={seen.id} seen={seen} />}</Loaded>;
}

function IndicatorDesk({ seen }: { seen: IndicatorSeen }) {
  const me = useMe().data;
  const [chosen, setChosen] = useState<string | null>(null);
  const [editing, setEditing] = useState(false);
  const version = seen.versions.find((one) => one.id === chosen) ?? seen.versions[0];
  if (!version) return null;
  const latest = seen.versions[0];
  const editable = holds(me, "form_designer", "province_admin") && seen.merged_into_id === null;
  const kept = seen.named.find((one) => one.id === seen.merged_into_id);
  return (
    <>
      <PageTitle
        title={`${seen.code} – ${version.name}`}
        extra={editable && <Button onClick={() => setEditing(true)}>{latest?.published ? "Soạn phiên bản mới" : "Sửa bản nháp"}</Button>}
      >
        <div className="report-head">
          <Tag color={version.published ? "green" : "gold"}>{version.published ? "Đã công bố" : "Bản nháp"}</Tag>
          {version.published && <span>{`Hiệu lực từ ${day(version.valid_from)}${version.valid_to ? ` đến ${day(version.valid_to)}` : " đến nay"}`}</span>}
          {seen.versions.length > 1 && (
            <Segmented<string>
              aria-label="Phiên bản"
              value={version.id}
              onChange={setChosen}
              options={seen.versions.map((one) => ({ value: one.id, label: `Phiên bản ${one.number}${one.published ? "" : " (nháp)"}` }))}
            />
          )}
          {editable && version === latest && !latest.published && <Publish seen={seen} />}
        </div>
      </PageTitle>
      {kept && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              Chỉ tiêu này đã gộp vào <Link to={`/chi-tieu/${kept.id}`}>{`${kept.code} – ${kept.name}`}</Link>. Số liệu đã báo cáo giữ nguyên ở đây.
            </>
          }
        />
      )}
      <Terms version={version} named={seen.named} />
      <Forms seen={seen} />
      {seen.alike.length > 0 && editable && (
        <section className="no-print">
          <h2>Chỉ tiêu tên gần giống</h2>
          <ul className="plain-list">
            {seen.alike.map((one) => (
              <li key={one.id}>
                <Link to={`/chi-tieu/${one.id}`}>{`${one.code} – ${one.name}`}</Link> ({Math.round(one.likeness * 100)}%){" "}
                {one.state === "published" && <MergeButton gone={{ id: seen.id, version: seen.version, name: version.name }} kept={one} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {editing && <IndicatorForm seen={seen} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} />}
    </>
  );
}

function Publish({ seen }: { seen: IndicatorSeen }) {
  const [from, setFrom] = useState<Dayjs | null>(null);
  const act = useIndicatorChange(() => publish(seen, from?.format("YYYY-MM-DD") ?? null));
  return (
    <>
      <DatePicker aria-label="Hiệu lực từ ngày" placeholder="Hiệu lực từ hôm nay" format="DD/MM/YYYY" value={from} onChange={setFrom} />
      <Popconfirm
        title="Công bố phiên bản này? Sau khi công bố, nội dung không sửa được nữa; muốn đổi phải soạn phiên bản mới."
        okText="Công bố"
        cancelText="Chưa"
        onConfirm={() => act.mutate(undefined)}
      >
        <Button type="primary" loading={act.isPending}>
          Công bố
        </Button>
      </Popconfirm>
      {act.isError && <ProblemView error={act.error} />}
    </>
  );
}

function Terms({ version, named }: { version: IndicatorVersion; named: IndicatorItem[] }) {
  const name = (id: string | null) => {
    const found = named.find((one) => one.id === id);
    return found ? `${found.code} – ${found.name}` : "";
  };
  const over = version.over_units;
  const rows: [string, string][] = [
    ["Khái niệm, nội dung", version.concept],
    ["Phương pháp tính", version.method],
    ["Nguồn số liệu", version.source],
    ["Đơn vị tính", version.measure],
    ["Số chữ số thập phân", String(version.precision)],
    ["Lĩnh vực", version.domain],
    ["Chiều hướng", wordOf(DIRECTIONS, version.direction)],
    ["Tổng hợp theo đơn vị", wordOf(RULES, over.rule)],
    ["Trọng số", name(over.weight_id)],
    ["Tử số", name(over.numerator_id)],
    ["Mẫu số", name(over.denominator_id)],
    ["Loại theo thời gian", wordOf(TIME_KINDS, version.time_kind)],
    ["Tổng hợp theo thời gian", wordOf(TIME_RULES, version.over_time)],
    ["Phân tổ", version.breakdowns.join("; ")],
    ["Mã quốc gia", version.national_code],
  ];
  return (
    <dl className="terms">
      {rows
        .filter(([, words]) => words !== "")
        .map(([label, words]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
    </dl>
  );
}

function Forms({ seen }: { seen: IndicatorSeen }) {
  return (
    <section>
      <h2>Biểu mẫu có chỉ tiêu này</h2>
      {seen.forms.length === 0 ? (
        <p className="muted">Chưa biểu mẫu nào gắn chỉ tiêu này.</p>
      ) : (
        <ul className="plain-list">
          {seen.forms.map((form) => (
            <li key={`${form.id}/${form.number}`}>
              <Link to={`/bieu-mau/${form.id}`}>{`${form.code} – ${form.name}`}</Link>, phiên bản {form.number}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
