import { Alert, Button, Checkbox, Form, Input, Select } from "antd";
import { useMemo, useState } from "react";

import { DayField } from "@/shared/DayField";
import { useUnits } from "@/accounts/api";
import { useForms } from "@/designer/api";
import { compareVietnamese } from "@/shared/order";
import { ProblemView } from "@/shared/ProblemView";

import { changeRegime, datedByTheRegime, FREQUENCIES, KINDS, ORIGINS, useRegimeChange, type Regime, type RegimeBody } from "./api";
import { ContentFields } from "./ContentFields";
import { DeadlineFields } from "./DeadlineFields";

/** The terms of a draft. What isn't shown here (the outline) is kept as it is. */
export function RegimeForm({ regime }: { regime: Regime }) {
  const [q, setQ] = useState("");
  const units = useUnits(q);
  const forms = useForms("");
  const save = useRegimeChange((body: RegimeBody) => changeRegime(regime, body));
  const unitOptions = useMemo(
    () => [...(units.data?.items ?? [])].sort((a, b) => compareVietnamese(a.name, b.name)).map((unit) => ({ value: unit.id, label: unit.name })),
    [units.data],
  );
  const formOptions = useMemo(
    () =>
      (forms.data?.items ?? []).flatMap((form) =>
        form.versions.filter((version) => version.state === "published").map((version) => ({ value: version.id, label: `${form.code} – ${form.name} (phiên bản ${version.number})` })),
      ),
    [forms.data],
  );
  return (
    <Form layout="vertical" className="regime-form" initialValues={regime} onFinish={(fields: RegimeBody) => save.mutate(withoutEmptyDays(fields))}>
      <Form.Item name="name" label="Tên" rules={[{ required: true, message: "Nhập tên." }]}>
        <Input />
      </Form.Item>
      <Form.Item name="legal_basis" label="Căn cứ pháp lý">
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="kind" label="Loại">
        <Select options={KINDS} />
      </Form.Item>
      <Form.Item name="origin" label="Nguồn">
        <Select options={ORIGINS} />
      </Form.Item>
      <Form.Item name="frequency" label="Kỳ báo cáo">
        <Select mode="multiple" options={FREQUENCIES} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: RegimeBody, after: RegimeBody) => before.frequency !== after.frequency}>
        {(form) =>
          ((form.getFieldValue("frequency") as string[] | undefined) ?? []).some(datedByTheRegime) && (
            <Alert
              showIcon
              type="info"
              title="Kỳ thời gian thực và giai đoạn nhiều năm lấy ngày của chính chế độ này"
              description="Nhập “Áp dụng từ ngày” (giai đoạn đầu tiên bắt đầu từ ngày ấy), với thời gian thực nhập cả “Đến ngày”, và nêu thời hạn gửi ở dưới: quy chế của tỉnh không nêu thay."
            />
          )
        }
      </Form.Item>
      <Form.Item name="form_version_ids" label="Biểu mẫu (phiên bản đã công bố)">
        <Select mode="multiple" options={formOptions} showSearch={{ optionFilterProp: "label" }} loading={forms.isPending} />
      </Form.Item>
      <Form.Item name="reporting_unit_ids" label="Đơn vị thực hiện báo cáo">
        <Select mode="multiple" showSearch={{ filterOption: false, onSearch: setQ }} options={unitOptions} loading={units.isFetching} maxTagCount={12} />
      </Form.Item>
      <Form.Item name="lead_unit_id" label="Cơ quan chủ trì">
        <Select showSearch={{ filterOption: false, onSearch: setQ }} options={unitOptions} />
      </Form.Item>
      <Form.Item name="approver" label="Lãnh đạo duyệt tại cơ quan chủ trì">
        <Input />
      </Form.Item>
      <Form.Item name="aggregator" label="Cán bộ tổng hợp">
        <Input />
      </Form.Item>
      <Form.Item name="starts_on" label="Áp dụng từ ngày">
        <DayField />
      </Form.Item>
      <Form.Item name="ends_on" label="Đến ngày">
        <DayField />
      </Form.Item>
      <ContentFields units={unitOptions} onSearch={setQ} />
      <DeadlineFields />
      <Form.Item name="opens_itself" valuePropName="checked">
        <Checkbox>Hệ thống tự mở kỳ và giao báo cáo</Checkbox>
      </Form.Item>
      <Form.Item name="nil_allowed" valuePropName="checked">
        <Checkbox>Cho phép báo cáo không phát sinh</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        Lưu bản nháp
      </Button>
      {save.isError && <ProblemView error={save.error} />}
    </Form>
  );
}

/** An empty date field is no date, not a wrong one. */
function withoutEmptyDays(fields: RegimeBody): RegimeBody {
  return {
    ...fields,
    starts_on: fields.starts_on || null,
    ends_on: fields.ends_on || null,
    legal_documents: (fields.legal_documents ?? []).map((document) => ({
      ...document,
      issued_on: document.issued_on || null,
      in_force_from: document.in_force_from || null,
      in_force_to: document.in_force_to || null,
    })),
  };
}
