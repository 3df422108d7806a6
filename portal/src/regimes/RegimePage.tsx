import { Button, Popconfirm, Tag } from "antd";
import { Link, useParams } from "react-router";

import { holds, useMe } from "@/api/me";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { Allocations } from "./Allocations";
import { frequencyWords, moveRegime, REGIME_STATES, useRegime, useRegimeChange, type LegalDocument, type Regime } from "./api";
import { Checks } from "./Checks";
import { FILING_PLACES, SENDING_WAYS } from "./ContentFields";
import { FormVersions } from "./FormVersions";
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
  return (
    <>
      <PageTitle title={`${regime.code} – ${regime.name}`}>
        <div className="report-head">
          <Tag color={regime.state === "published" ? "green" : "gold"}>{REGIME_STATES[regime.state]}</Tag>
          <span>{regime.form_version_ids.length} biểu mẫu</span>
          <span>{regime.units.length} đơn vị báo cáo</span>
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
      <Checks regime={regime} />
      {regime.state === "draft" && owner ? <RegimeForm key={regime.version} regime={regime} /> : <Terms regime={regime} />}
      {regime.state === "published" && <Periods regime={regime} mayOpen={owner} />}
      {regime.state === "published" && regime.form_version_ids.length > 0 && <FormVersions regime={regime} editable={owner} />}
      {regime.form_version_ids.length > 0 && <Allocations key={regime.version} regime={regime} editable={owner && regime.state !== "closed"} />}
    </>
  );
}

function Terms({ regime }: { regime: Regime }) {
  const rows: [string, string][] = [
    ["Nội dung yêu cầu", regime.content_asked],
    ["Kỳ báo cáo", regime.frequency.map(frequencyWords).join("; ")],
    ["Căn cứ pháp lý", regime.legal_basis],
    ["Văn bản quy định", regime.legal_documents.map(documentWords).join("; ")],
    ["Văn bản cho phép", regime.permission ? `Số ${regime.permission.number} ngày ${day(regime.permission.issued_on)}` : ""],
    ["Phương thức gửi, nhận", regime.sending_ways.map((way) => SENDING_WAYS.find((item) => item.value === way)?.label ?? way).join("; ")],
    ["Nơi thực hiện", regime.filing_place ? (FILING_PLACES.find((item) => item.value === regime.filing_place)?.label ?? "") : ""],
    ["Hướng dẫn", regime.guidance],
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

function documentWords({ title, number, issuer, issued_on, in_force_from }: LegalDocument): string {
  return `${title} số ${number} ngày ${day(issued_on)} của ${issuer}, hiệu lực từ ${day(in_force_from)}`;
}
