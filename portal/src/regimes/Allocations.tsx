import { Button, Select, Tag } from "antd";
import { useState } from "react";

import { useUnits } from "@/accounts/api";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { useAllocate, useAllocations, type Allocation } from "./allocationApi";
import type { Regime } from "./api";

/** Who answers for which row of each form; rows without a unit and rows with several are named. */
export function Allocations({ regime, editable }: { regime: Regime; editable: boolean }) {
  const allocations = useAllocations(regime.id);
  return (
    <section>
      <h2>Phân bổ chỉ tiêu cho đơn vị</h2>
      <Loaded query={allocations} empty={{ when: (data) => data.items.length === 0, words: "Chế độ này không có biểu số liệu để phân bổ." }}>
        {(data) => (
          <>
            {data.items.map((form) => (
              <FormRows key={`${form.form_version_id}/${form.version}`} regime={regime} form={form} editable={editable} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

function FormRows({ regime, form, editable }: { regime: Regime; form: Allocation; editable: boolean }) {
  const [units, setUnits] = useState(() => new Map(form.rows.map((row) => [row.row, row.unit_ids])));
  const known = useUnits("");
  const save = useAllocate(regime.id);
  const options = (known.data?.items ?? []).filter((unit) => regime.reporting_unit_ids.includes(unit.id)).map((unit) => ({ value: unit.id, label: unit.name }));
  const gaps = form.rows.filter((row) => !units.get(row.row)?.length).length;
  const doubles = form.rows.filter((row) => (units.get(row.row)?.length ?? 0) > 1).length;
  return (
    <details className="allocation">
      <summary>
        {form.form_code} – {form.form_name}: {gaps} dòng chưa có đơn vị, {doubles} dòng có hơn một đơn vị
      </summary>
      <table className="plain-table">
        <caption className="visually-hidden">Phân bổ các dòng của biểu {form.form_code}</caption>
        <thead>
          <tr>
            <th scope="col">Dòng</th>
            <th scope="col">Đơn vị chịu trách nhiệm</th>
            <th scope="col">Lưu ý</th>
          </tr>
        </thead>
        <tbody>
          {form.rows.map((row) => {
            const chosen = units.get(row.row) ?? [];
            const name = [row.numbering, row.label].filter(Boolean).join(" ");
            return (
              <tr key={row.row}>
                <td>{name}</td>
                <td>
                  <Select<string[]>
                    mode="multiple"
                    className="allocation-units"
                    aria-label={`Đơn vị chịu trách nhiệm dòng ${name}`}
                    disabled={!editable}
                    showSearch={{ optionFilterProp: "label" }}
                    maxTagCount={4}
                    value={chosen}
                    options={options}
                    onChange={(ids) => setUnits(new Map(units).set(row.row, ids))}
                  />
                </td>
                <td>{chosen.length === 0 ? <Tag color="red">Chưa phân bổ</Tag> : chosen.length > 1 && <Tag color="gold">Phân bổ trùng</Tag>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {editable && (
        <Button type="primary" className="no-print" loading={save.isPending} onClick={() => save.mutate({ form, units })}>
          Lưu phân bổ
        </Button>
      )}
      {save.isError && <ProblemView error={save.error} />}
    </details>
  );
}
