"""A newer version of the monthly form: two rows change places, one becomes another."""

from typing import Any

from tests.forms.building import changed
from tests.support.people import Person, succeeded

FARMING, FORESTRY, FISHERY = "KTXH.15", "KTXH.16", "KTXH.17"
_LABELS = {"B15": "Lâm nghiệp", "B16": "Nông nghiệp", "B17": "Diêm nghiệp"}


def publish_newer(designer: Person, form_id: str) -> dict[str, Any]:
    """The fishery's row has no place in it; farming stands where forestry stood, and the other way round."""

    def relabel(page: Any) -> None:
        for a1, label in _LABELS.items():
            page[a1] = label

    uploaded = succeeded(
        designer.post(
            f"/catalog/v1/forms/{form_id}/versions",
            files={"file": ("bieu-moi.xlsx", changed("kt-xh-thang", relabel))},
        )
    ).json()
    published: dict[str, Any] = succeeded(
        designer.post(f"/catalog/v1/form-versions/{uploaded['id']}:publish", version=uploaded["version"])
    ).json()
    return published


def enter(clerk: Person, report_id: str, form_version_id: str, **figures: str) -> None:
    """Figures of column G by row: `KTXH_15="5"`."""
    edits = [{"row": row.replace("_", "."), "column": "G", "raw": raw} for row, raw in figures.items()]
    path = f"/submission/v1/reports/{report_id}/filings/{form_version_id}/cells"
    assert succeeded(clerk.send("PATCH", path, {"edits": edits})).json()["refused"] == []


def waiting(moves: dict[str, Any]) -> dict[str, Any] | None:
    """A report's preview once the service has heard of the newer version."""
    return moves if moves["waiting"] else None


def consent(moves: dict[str, Any]) -> dict[str, Any]:
    """To just what the preview shows."""
    names = ("from_version_id", "to_version_id")
    return {
        "forms": [{name: form[name] for name in names} for form in moves["waiting"]],
        "last_edit": moves["last_edit"],
        "fallen": sum(len(form["fallen"]) for form in moves["waiting"]),
    }
