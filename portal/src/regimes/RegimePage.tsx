import { Button, Popconfirm, Tag } from "antd";
import { Link, useParams } from "react-router";

import { holds, useMe } from "@/api/me";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { Allocations } from "./Allocations";
import { moveRegime, REGIME_STATES, useRegime, useRegimeChange, type Regime } from "./api";
import { Periods } from "./Periods";
import { RegimeForm } from "./RegimeForm";

export function RegimePage() {
  const { id = "" } = useParams();
  const regime = useRegime(id);
  return <Loaded query={regime}>{(data) => <RegimeDesk key={data.id} regime={data} />}</Loaded>;
}

function RegimeDesk({ regime }: { regime: Regime }) {
  const me = useMe().data;
  const owner = holds(me, "regime_owner");
  const move = useRegimeChange((act: "publish" | "close") => moveRegime(regime, act));
  const lacking = missing(regime);
  return (
    <>
      <PageTitle title={`${regime.code} – ${regime.name}`}>
        <div className="report-head">
          <Tag color={regime.state === "published" ? "green" : "gold"}>{REGIME_STATES[regime.state]}</Tag>
          <span>{regime.form_version_ids.length} biểu mẫu</span>
          <span>{regime.reporting_unit_ids.length} đơn vị báo cáo</span>
          <span>{regime.outline.length} mục thuyết minh</span>
          <Link to={`/che-do/${regime.id}/nam`}>Lịch năm</Link>
          {owner && regime.state === "draft" && (
            <Button type="primary" loading={move.isPending} onClick={() => move.mutate("publish")}>
              Công bố
            </Button>
          )}
          {owner && regime.state === "published" && (
            <Popconfirm title="Kết thúc chế độ báo cáo này? Sẽ không mở thêm kỳ nào nữa." okText="Kết thúc" cancelText="Không" onConfirm={() => move.mutate("close")}>
              <Button danger>Kết thúc</Button>
            </Popconfirm>
          )}
        </div>
      </PageTitle>
      {move.isError && <ProblemView error={move.error} />}
      {regime.state === "draft" && lacking.length > 0 && (
        <p className="lacking">
          <b>Còn thiếu để công bố:</b> {lacking.join("; ")}.
        </p>
      )}
      {regime.state === "draft" && owner ? <RegimeForm key={regime.version} regime={regime} /> : <Terms regime={regime} />}
      {regime.state === "published" && <Periods regime={regime} mayOpen={owner} />}
      {regime.form_version_ids.length > 0 && <Allocations key={regime.version} regime={regime} editable={owner && regime.state !== "closed"} />}
    </>
  );
}

/** What publishing will refuse; the service has the last word and names every item itself. */
function missing(regime: Regime): string[] {
  return [
    regime.reporting_unit_ids.length === 0 && "đơn vị thực hiện báo cáo",
    regime.form_version_ids.length === 0 && regime.outline.length === 0 && "biểu mẫu hoặc đề cương",
    regime.kind === "periodic" && regime.frequency.length === 0 && "kỳ báo cáo",
    !regime.lead_unit_id && "cơ quan chủ trì",
    !regime.approver && "lãnh đạo duyệt",
    !regime.aggregator && "cán bộ tổng hợp",
  ].filter((item) => item !== false);
}

function Terms({ regime }: { regime: Regime }) {
  const rows: [string, string][] = [
    ["Căn cứ pháp lý", regime.legal_basis],
    ["Lãnh đạo duyệt", regime.approver],
    ["Cán bộ tổng hợp", regime.aggregator],
    ["Báo cáo không phát sinh", regime.nil_allowed ? "Được phép" : "Không"],
    ["Tự mở kỳ", regime.opens_itself ? "Có" : "Không, mở bằng tay"],
  ];
  return (
    <dl className="terms">
      {rows
        .filter(([, text]) => text !== "")
        .map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}
