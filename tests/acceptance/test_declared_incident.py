"""An outage is declared by a document; a report sent meanwhile by e-document is in time by that document's date."""

from typing import Any

import httpx
import pytest

from tests.support.cycle import Regime, carry_on, fill_from_workbook, read, report_of
from tests.support.people import Person, refused, succeeded
from tests.support.province import Province

# The sample regime's deadline for October 2026 is the end of the 19th.
SPAN = {"from_at": "2026-10-18T08:00:00+07:00", "to_at": "2026-10-20T10:00:00+07:00"}
DECLARATION = {
    **SPAN,
    "title": "Mất điện trung tâm dữ liệu",
    "reason": "Sự cố nguồn điện kéo dài hai ngày",
    "document_number": "15/TB-SKHCN",
    "document_on": "2026-10-21",
    "recorded": "Nhập liệu, gửi và nhận báo cáo: không trả lời trong 5 giây",
}
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.full
@pytest.mark.requirement("DT-11.2", "QN-9.4", "TH-10.3")
def test_punctuality_is_judged_by_the_document_sent_meanwhile(province: Province, regime: Regime) -> None:
    admin, clerk, office = province["quan-tri"], province["nhap"], province["van-thu"]
    report = report_of(clerk, regime)
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    carry_on([clerk, province["lanh-dao"], office], report["id"], until="issued")
    refused(clerk.post("/submission/v1/incidents", DECLARATION), 403)
    declared = succeeded(admin.post("/submission/v1/incidents", DECLARATION)).json()
    seen = office.read("/submission/v1/incidents")["items"]

    outside = _send(office, report["id"], declared, issued_on="2026-10-22")
    no_pdf = _send(office, report["id"], declared, data=b"PK\x03\x04")
    sent = succeeded(_send(office, report["id"], declared, issued_on="2026-10-19")).json()
    receipt = province["tong-hop"].read(f"/submission/v1/reports/{report['id']}/receipt")
    path = f"/submission/v1/reports/{report['id']}/sent-documents/{receipt['fallback']['sha256']}"

    assert declared["article"] == "DT 11.2"
    assert declared["id"] in {one["id"] for one in seen}
    assert refused(outside, 409, "submission.incident.document_outside")["rule"] == "DT 11.2"
    refused(no_pdf, 422, "submission.incident.file_not_pdf")
    assert (sent["state"], receipt["late"]) == ("sent", False)
    assert receipt["sent_at"] > receipt["due_at"], "entered long after the deadline"
    assert (receipt["fallback"]["number"], receipt["fallback"]["issued_on"]) == ("20/BC-UBND", "2026-10-19")
    assert province["tong-hop"].get(path).content == PDF
    assert province["xa-2-nhap"].get(path).status_code == 404


def _send(
    who: Person, report_id: str, incident: dict[str, Any], *, issued_on: str = "2026-10-19", data: bytes = PDF
) -> httpx.Response:
    return who.post(
        f"/submission/v1/reports/{report_id}:send_by_document",
        version=read(who, report_id)["version"],
        files={"file": ("van-ban.pdf", data, "application/pdf")},
        data={"incident_id": incident["id"], "number": "20/BC-UBND", "issued_on": issued_on},
    )
