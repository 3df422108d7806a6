import { PrinterOutlined } from "@ant-design/icons";
import { Button, Empty } from "antd";
import { Link, useParams, useSearchParams } from "react-router";

import { deadline, day, moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { useReceipts, type Receipt } from "./api";
import { hashWords, punctualityWords } from "./words";

/** The proof of a sending, on one A4 page; every sending of the report can be chosen. */
export function ReceiptPage() {
  const { id = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const receipts = useReceipts(id);
  const back = <Link to={`/bao-cao/${id}`}>Về báo cáo</Link>;
  return (
    <>
      <div className="no-print">
        <PageTitle
          title="Biên nhận gửi báo cáo"
          extra={
            <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              In biên nhận
            </Button>
          }
        >
          {back}
        </PageTitle>
      </div>
      <Loaded query={receipts}>
        {({ items }) => {
          const wanted = Number(params.get("lan-trinh"));
          const shown = items.find((item) => item.revision === wanted) ?? items.at(-1);
          const first = items[0];
          if (!shown || !first) {
            return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="Báo cáo này chưa được gửi nên chưa có biên nhận." />;
          }
          return (
            <>
              {items.length > 1 && <Sendings items={items} shown={shown} onChoose={(item) => setParams({ "lan-trinh": String(item.revision) }, { replace: true })} />}
              <Sheet receipt={shown} first={first} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Sendings({ items, shown, onChoose }: { items: Receipt[]; shown: Receipt; onChoose: (item: Receipt) => void }) {
  return (
    <div className="filing-tools no-print" role="group" aria-label="Các lần gửi">
      {items.map((item) => (
        <Button key={item.id} type={item.id === shown.id ? "primary" : "default"} aria-pressed={item.id === shown.id} onClick={() => onChoose(item)}>
          Lần gửi {item.sending} – {moment(item.sent_at)}
        </Button>
      ))}
    </div>
  );
}

function Sheet({ receipt, first }: { receipt: Receipt; first: Receipt }) {
  const lines: [string, string][] = [
    ["Đơn vị gửi", receipt.unit.name],
    ["Người gửi", receipt.sent_by.name],
    ["Nơi nhận", receipt.lead_unit.name],
    ["Báo cáo", receipt.regime.name],
    ["Kỳ báo cáo", receipt.period.label],
    ["Lần gửi, lần trình", `Lần gửi ${receipt.sending}, lần trình ${receipt.revision}${receipt.nil ? " (không phát sinh)" : ""}`],
    ["Số, ngày văn bản", receipt.number ? `${receipt.number}${receipt.issued_on ? `, ngày ${day(receipt.issued_on)}` : ""}` : "Không có văn bản đánh số"],
    ["Thời điểm gửi", moment(receipt.sent_at)],
    ["Hạn gửi", deadline(receipt.due_at)],
    ["Kết quả", punctualityWords(receipt, first)],
    ["Theo quy tắc", receipt.rule || "Không nêu"],
    ["Căn cứ", receipt.article || "Không nêu"],
    ["Tiếp nhận", receipt.taken_in_at ? `${receipt.taken_in_by?.name ?? ""}, ${moment(receipt.taken_in_at)}` : "Chưa tiếp nhận"],
  ];
  return (
    <article className="receipt" aria-label={`Biên nhận lần gửi ${receipt.sending}`}>
      <header>
        <div className="receipt-unit">{receipt.lead_unit.name}</div>
        <div className="receipt-nation">
          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
          <br />
          <b>Độc lập - Tự do - Hạnh phúc</b>
        </div>
      </header>
      <h1>BIÊN NHẬN GỬI BÁO CÁO</h1>
      <dl className="receipt-lines">
        {lines.map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div>
          <dt>Mã kiểm tra số liệu</dt>
          <dd className="hash">{hashWords(receipt.canonical_hash)}</dd>
        </div>
        {receipt.document_sha256 && (
          <div>
            <dt>Mã kiểm tra văn bản đã ký</dt>
            <dd className="hash">{hashWords(receipt.document_sha256)}</dd>
          </div>
        )}
        <div>
          <dt>Mã biên nhận</dt>
          <dd className="hash">{receipt.id}</dd>
        </div>
      </dl>
      <footer>Hệ thống thông tin báo cáo lập tự động lúc nhận báo cáo. Mã kiểm tra là SHA-256 của số liệu và của tệp văn bản đã gửi.</footer>
    </article>
  );
}
