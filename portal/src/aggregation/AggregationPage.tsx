import { Alert, App, Button, Segmented } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";

import { download } from "@/api/http";
import { asProblem } from "@/api/problem";
import { useFormVersion } from "@/reports/api";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { FallenTable } from "@/versions/FallenTable";

import { useAggregate, useAggregation, type AggregateForm, type Aggregation } from "./api";
import { AggregateSheets } from "./AggregateSheets";

export function AggregationPage() {
  const { id = "" } = useParams();
  const aggregation = useAggregation(id);
  return <Loaded query={aggregation}>{(data) => <AggregationView key={data.id} aggregation={data} />}</Loaded>;
}

function AggregationView({ aggregation }: { aggregation: Aggregation }) {
  const { message } = App.useApp();
  const [form, setForm] = useState(aggregation.forms[0]?.form_version_id ?? "");
  const current = aggregation.forms.find((item) => item.form_version_id === form) ?? aggregation.forms[0];
  const get = (kind: "xlsx" | "csv") =>
    void download("submission", `/aggregations/${aggregation.id}/export.${kind}`, { form_version_id: form }).catch((error: unknown) =>
      message.error(asProblem(error).body.detail, 8),
    );
  const nil = aggregation.sources.filter((source) => source.nil);
  return (
    <>
      <PageTitle
        title={`Tổng hợp: ${aggregation.regime_name} – ${aggregation.period_label}`}
        extra={
          <>
            <Button onClick={() => get("xlsx")}>Tải .xlsx</Button>
            <Button onClick={() => get("csv")}>Tải .csv</Button>
            <Button onClick={() => window.print()}>In</Button>
          </>
        }
      >
        <div className="report-head">
          <span>{aggregation.lead_unit_name}</span>
          <span>Tổng hợp lúc {moment(aggregation.made_at)}</span>
          <span>
            Từ {aggregation.sources.length} báo cáo đã duyệt trên {aggregation.units_assigned} đơn vị được giao
          </span>
          {nil.length > 0 && <span>Không phát sinh: {nil.map((source) => source.unit_name).join(", ")}</span>}
        </div>
      </PageTitle>
      <Stale aggregation={aggregation} />
      {aggregation.forms.length > 1 && (
        <Segmented<string>
          value={form}
          onChange={setForm}
          options={aggregation.forms.map((item, index) => ({ value: item.form_version_id, label: <FormName id={item.form_version_id} index={index} /> }))}
        />
      )}
      {current && <WithoutPlace form={current} />}
      {current && <AggregateForms key={current.form_version_id} id={aggregation.id} form={current} />}
    </>
  );
}

function FormName({ id, index }: { id: string; index: number }) {
  const version = useFormVersion(id);
  return <>{version.data?.name ?? `Biểu ${index + 1}`}</>;
}

/** Says that sources have changed since, which, and what making it again would change. */
function Stale({ aggregation }: { aggregation: Aggregation }) {
  const navigate = useNavigate();
  const again = useAggregate();
  if (!aggregation.stale) return null;
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title="Bản tổng hợp đã cũ: có báo cáo nguồn thay đổi sau khi tổng hợp."
        description={`${aggregation.changes.map((change) => change.unit_name).join(", ")}. Tổng hợp lại sẽ thay đổi ${aggregation.would_change.length} ô.`}
        action={
          <Button
            type="primary"
            loading={again.isPending}
            onClick={() =>
              again.mutate(
                { regime_id: aggregation.regime_id, period: aggregation.period_key },
                { onSuccess: ({ id }) => void navigate(`/tong-hop/${id}`) },
              )
            }
          >
            Tổng hợp lại
          </Button>
        }
      />
      {again.isError && <ProblemView error={again.error} />}
    </>
  );
}

/** Reports of the period were made in more than one version of the form: what the newer one has no place for. */
function WithoutPlace({ form }: { form: AggregateForm }) {
  if (form.fallen.length === 0) return null;
  const units = new Set(form.fallen.map((one) => one.unit_name)).size;
  return (
    <Alert
      type="warning"
      showIcon
      title={`${form.fallen.length} số liệu của ${units} đơn vị không có trong bản tổng hợp: báo cáo lập theo phiên bản cũ của biểu, phiên bản tổng hợp không có chỗ.`}
      description={<FallenTable fallen={form.fallen} caption="Số liệu không có chỗ trong bản tổng hợp" />}
    />
  );
}

function AggregateForms({ id, form }: { id: string; form: AggregateForm }) {
  const version = useFormVersion(form.form_version_id);
  return <Loaded query={version}>{({ model }) => <AggregateSheets id={id} form={form} model={model} />}</Loaded>;
}
