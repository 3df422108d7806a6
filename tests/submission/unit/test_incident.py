"""Reports that went by e-document while the system was out are judged by that document's date."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from kit.errors import DomainError
from submission.domain.incident import Declaration, Incident, fallback_under

from tests.submission.unit.building import (
    AFTER,
    DUE,
    OFFICER,
    PROVINCE,
    UNIT,
    UNSIGNED,
    an_approved_report,
)

NOW = AFTER + timedelta(days=5)
SAID = Declaration(
    "Mất điện trung tâm dữ liệu",
    datetime(2026, 11, 19, 1, 0, tzinfo=UTC),
    datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
    "Sự cố nguồn điện kéo dài",
    "15/TB-SKHCN",
    date(2026, 11, 22),
)
INCIDENT = Incident(uuid4(), PROVINCE, SAID, "DT 11.2", NOW, "admin", "Quản trị")


def sent_by_document(issued_on: date) -> bool:
    """Whether a report entered five days after its deadline was late."""
    report = an_approved_report()
    fallback = fallback_under(INCIDENT, UNIT.id, "20/BC-UBND", issued_on, "ff", NOW)
    receipt = report.send(OFFICER, UNSIGNED, NOW, uuid4(), fallback)
    assert (receipt.fallback_number, receipt.incident_id, receipt.sent_at) == ("20/BC-UBND", INCIDENT.id, NOW)
    assert report.punctuality(NOW).late is receipt.late
    return receipt.late


def test_the_documents_day_decides_not_the_day_it_was_entered() -> None:
    # DUE is the end of 20 November in Vietnam.
    assert datetime(2026, 11, 20, 17, 0, tzinfo=UTC) == DUE
    assert sent_by_document(date(2026, 11, 19)) is False
    assert sent_by_document(date(2026, 11, 20)) is False
    assert sent_by_document(date(2026, 11, 21)) is True


@pytest.mark.parametrize(
    ("issued_on", "code"),
    [
        (date(2026, 11, 18), "submission.incident.document_outside"),
        (date(2026, 11, 22), "submission.incident.document_outside"),
        (date(2026, 12, 30), "submission.incident.day_ahead"),
    ],
)
def test_a_document_of_another_day_is_refused(issued_on: date, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        fallback_under(INCIDENT, UNIT.id, "20/BC-UBND", issued_on, "ff", NOW)

    assert refused.value.code == code


def test_an_incident_of_other_units_helps_nobody_else() -> None:
    elsewhere = replace(INCIDENT, declaration=replace(SAID, unit_ids=frozenset({UUID(int=99)})))

    with pytest.raises(DomainError) as refused:
        fallback_under(elsewhere, UNIT.id, "20/BC-UBND", date(2026, 11, 20), "ff", NOW)

    assert (refused.value.code, refused.value.rule) == ("submission.incident.unit_not_affected", "DT 11.2")


@pytest.mark.parametrize(
    "changed",
    [
        {"to_at": SAID.from_at},
        {"to_at": NOW + timedelta(hours=1)},
        {"from_at": SAID.to_at - timedelta(days=31)},
        {"document_on": date(2027, 1, 1)},
    ],
)
def test_a_declaration_is_of_a_span_that_is_over(changed: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        replace(SAID, **changed).check(NOW)  # type: ignore[arg-type]
    SAID.check(NOW)
