import { Alert, Button } from "antd";

import { asProblem, type Place } from "@/api/problem";
import { SIGN_OUT_PATH } from "@/api/session";

interface Props {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}

/** The one way in which a refusal is shown: what, where, by which rule, what to do, and its code. */
export function ProblemView({ error, onRetry, compact = false }: Props) {
  const problem = asProblem(error);
  const { body } = problem;
  const places = (body.places ?? []).map(placeText).filter(Boolean);
  return (
    <Alert
      className="problem"
      type={problem.passing ? "warning" : "error"}
      showIcon={!compact}
      role="alert"
      title={body.detail}
      description={
        <div className="problem-details">
          {places.length > 0 && (
            <div>
              <b>Vị trí:</b> {places.slice(0, 12).join("; ")}
              {places.length > 12 && ` và ${places.length - 12} chỗ khác`}
            </div>
          )}
          {body.rule && (
            <div>
              <b>Căn cứ:</b> {body.rule}
            </div>
          )}
          {body.remedy && (
            <div>
              <b>Cách xử lý:</b> {body.remedy}
            </div>
          )}
          <div className="problem-code">
            Mã: {body.code}
            {body.trace_id ? ` · Vết: ${body.trace_id}` : ""}
          </div>
          {problem.status === 401 && (
            <a href="/">Đăng nhập lại</a>
          )}
          {problem.status === 403 && body.code.startsWith("portal.") && <a href={SIGN_OUT_PATH}>Đăng xuất</a>}
        </div>
      }
      action={onRetry && <Button onClick={onRetry}>Thử lại</Button>}
    />
  );
}

function placeText(place: Place): string {
  return [place.sheet && `trang ${place.sheet}`, place.cell && `ô ${place.cell}`, place.field && `mục ${place.field}`]
    .filter(Boolean)
    .join(", ");
}
