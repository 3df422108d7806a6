"""No upgrade without the operator's recorded consent, and no record that can be changed unseen."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from reporting_stack import layout, upgrade
from reporting_stack.consents import Consents, minutes
from reporting_stack.layout import Home, StackError

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def consents(tmp_path: Path) -> Consents:
    return Consents(tmp_path / "a" / "consents.jsonl")


def give(consents: Consents, version: str = "v1.4", now: datetime = NOW) -> None:
    consents.record(version, "Nguyễn Văn A, Giám đốc Sở", "15/QĐ-SKHCN", now, now)


@pytest.mark.requirement("QN-21.3")
def test_no_consent_no_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "ROOT", tmp_path)
    home = Home.named("mot")

    def asked(version: str, by: str | None = None) -> None:
        upgrade.upgrade(home, version, by=by, document=None, at=None, now=NOW)

    with pytest.raises(StackError, match=r"no recorded consent .*QN 21\.3"):
        asked("v1.4")
    with pytest.raises(StackError, match="--document is empty"):
        asked("v1.4", by="Nguyễn Văn A")
    give(Consents(home.root / "consents.jsonl"))

    with pytest.raises(StackError, match="no recorded consent"):
        asked("v1.5")
    # With it, the next thing asked for is the version itself.
    with pytest.raises(StackError, match=r"git knows no version v1\.4"):
        asked("v1.4")


def test_a_consent_is_to_one_version_and_not_for_ever(consents: Consents) -> None:
    give(consents)

    assert consents.to("v1.4", NOW).document == "15/QĐ-SKHCN"
    with pytest.raises(StackError, match="older than 30 days"):
        consents.to("v1.4", NOW + timedelta(days=31))
    with pytest.raises(StackError, match="lies ahead"):
        consents.record("v1.4", "A", "1", NOW + timedelta(hours=1), NOW)


@pytest.mark.parametrize("harm", ["changed", "removed", "inserted", "swapped"])
def test_a_changed_removed_or_inserted_line_is_found(consents: Consents, harm: str) -> None:
    for version in ("v1.3", "v1.4", "v1.5"):
        give(consents, version)
    lines = consents.path.read_text(encoding="utf-8").splitlines()
    match harm:
        case "changed":
            lines[1] = json.dumps(json.loads(lines[1]) | {"by": "Người khác"}, ensure_ascii=False)
        case "removed":
            del lines[1]
        case "inserted":
            lines.insert(1, lines[0])
        case _:
            lines[0], lines[1] = lines[1], lines[0]
    consents.path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(StackError, match="isn't what was recorded"):
        consents.to("v1.5", NOW)


def test_the_minutes_carry_who_when_what_and_the_hash(consents: Consents) -> None:
    give(consents)
    consent = consents.to("v1.4", NOW)

    paper = minutes(consent, "0123456789ab")

    assert "Nguyễn Văn A, Giám đốc Sở" in paper
    assert "16 giờ 00 ngày 25/11/2026" in paper
    assert consent.hash in paper
