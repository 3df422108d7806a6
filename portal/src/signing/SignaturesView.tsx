import { Tag } from "antd";

import { day, moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { sentence } from "@/shared/states";

import { useVerification, type SigningRequest } from "./api";

/** Who signed with which certificate, and what checking the file found. */
export function SignaturesView({ request }: { request: SigningRequest }) {
  const verification = useVerification(request);
  return (
    <>
      <table className="plain-table">
        <caption>Chữ ký số trên văn bản</caption>
        <thead>
          <tr>
            <th scope="col">Vai trò</th>
            <th scope="col">Người ký</th>
            <th scope="col">Chứng thư số</th>
            <th scope="col">Thời điểm ký</th>
          </tr>
        </thead>
        <tbody>
          {request.signatures.map((signature) => (
            <tr key={signature.role}>
              <td>{sentence(signature.role_name)}</td>
              <td>{signature.signer_name}</td>
              <td>
                {signature.certificate_subject}
                <div className="muted">
                  Cấp bởi {signature.certificate_issuer}, đến ngày {day(signature.certificate_ends_at)}
                </div>
              </td>
              <td className="nowrap">{moment(signature.signed_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Loaded query={verification}>
        {(found) => (
          <div className="verification">
            <p>
              Kiểm tra văn bản: <Tag color={found.valid ? "green" : "red"}>{found.valid ? "Hợp lệ" : "Không hợp lệ"}</Tag>
            </p>
            <ul>
              {found.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
              {found.signatures.map((signature) => (
                <li key={signature.field}>
                  {signature.signer}: {signature.verdict}
                </li>
              ))}
            </ul>
            <p className="muted hash">Mã băm số liệu gắn với văn bản: {found.canonical_hash}</p>
          </div>
        )}
      </Loaded>
    </>
  );
}
