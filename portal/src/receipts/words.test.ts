import { describe, expect, it } from "vitest";

import type { Receipt } from "./api";
import { hashWords, punctualityWords } from "./words";

const receipt = (more: Partial<Receipt>): Receipt => ({
  id: "r", report_id: "b", sending: 1, unit: { id: "u", name: "Xã" }, lead_unit: { id: "l", name: "Sở" }, regime: { id: "c", name: "KTXH" },
  period: { key: "2026-10", label: "Tháng 10" }, revision: 1, canonical_hash: "", sent_by: { account_id: "a", name: "An" },
  sent_at: "2026-11-25T08:00:00Z", due_at: "2026-11-25T10:00:00Z", late: false, punctuality: "Gửi đúng hạn", rule: "", article: "",
  number: "", issued_on: "", document_sha256: "", nil: false, fallback: null, taken_in_at: null, taken_in_by: null, ...more,
});

describe("a receipt in words", () => {
  it("says by how much the sending was in time or late", () => {
    expect(punctualityWords(receipt({}), receipt({}))).toBe("Gửi đúng hạn, trước hạn 2 giờ");
    const late = receipt({ sent_at: "2026-11-25T10:30:00Z", late: true, punctuality: "Gửi quá hạn" });
    expect(punctualityWords(late, late)).toBe("Gửi quá hạn, chậm 30 phút");
  });

  it("judges a correction by the first sending", () => {
    const again = receipt({ sending: 2, revision: 2, sent_at: "2026-11-27T10:30:00Z" });
    expect(punctualityWords(again, receipt({}))).toBe("Gửi đúng hạn, trước hạn 2 giờ (tính theo lần gửi đầu, 15:00 ngày 25/11/2026)");
  });

  it("names the document that counts where the system was out", () => {
    const fallback = { incident_id: "i", number: "20/BC-UBND", issued_on: "2026-11-25", sha256: "ff" };
    const entered = receipt({ sent_at: "2026-11-29T10:30:00Z", fallback });
    expect(punctualityWords(entered, entered)).toBe("Gửi đúng hạn (tính theo văn bản 20/BC-UBND ngày 25/11/2026 gửi khi Hệ thống gián đoạn)");
  });

  it("groups a hash for the eye and changes nothing else", () => {
    expect(hashWords("0123456789abcdef")).toBe("01234567 89abcdef");
  });
});
