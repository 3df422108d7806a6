"""What people do with one report, each as themselves: the report itself says what they may do next."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reporting_demo.api import Api, Refusal
from reporting_demo.login import as_person
from reporting_demo.regimes import XLSX
from reporting_demo.stack import Stack

SUBMISSION = "/api/submission/v1"
SIGNING = "/api/signing/v1"
PATIENCE_SECONDS = 120
_PIECE = 1000

T = TypeVar("T")


class NotSeen(Exception):
    """Something that should have happened by itself did not, in time."""


@dataclass
class Office:
    """Everyone who acts in this run, each signed in once."""

    stack: Stack
    people: dict[str, Api] = field(default_factory=dict)

    def person(self, username: str) -> Api:
        if username not in self.people:
            self.people[username] = as_person(self.stack, username)
        return self.people[username]

    def holder(self, unit_id: str, right: str) -> str:
        """Who does this work in the unit: the first account that has the right there."""
        for account in self.stack.facts["accounts"]:
            if account.get("unit_id") == unit_id and right in account["roles"]:
                return str(account["username"])
        raise NotSeen(f"nobody in unit {unit_id} has the right {right}")

    def report(self, line: dict[str, Any], form_version_id: str) -> ReportAtWork:
        unit = line["unit"]["id"]
        clerk, leader, desk = (self.holder(unit, right) for right in ("entry", "approve", "issue"))
        return ReportAtWork(self, line["id"], form_version_id, clerk, leader, desk)


@dataclass
class ReportAtWork:
    """One unit's report: its clerk enters, its leader approves, signs and sends, its văn thư issues."""

    office: Office
    id: str
    form_version_id: str
    clerk: str
    leader: str
    desk: str

    def seen_by(self, username: str) -> dict[str, Any]:
        found: dict[str, Any] = self.office.person(username).get(f"{SUBMISSION}/reports/{self.id}")
        return found

    def enter_workbook(self, name: str, data: bytes) -> dict[str, Any]:
        return self._workbook(name, data, dry_run=False)

    def enter_cells(self, name: str, data: bytes) -> int:
        """By the cells API: what a dry run reads of the workbook, sent cell by cell. The number of cells."""
        read = self._workbook(name, data, dry_run=True)
        rows = [
            {"id": row["id"], "list_id": row["list_id"], "order": row["order"], "expected_version": 0}
            for row in read["list_rows"]
        ]
        edits = [{"row": c["row"], "column": c["column"], "value": c["after"]} for c in read["changed"]]
        self._patch({"edits": [], "list_rows": rows})
        for start in range(0, len(edits), _PIECE):
            self._patch({"edits": edits[start : start + _PIECE]})
        return len(edits)

    def correct_one_cell(self) -> dict[str, Any]:
        """A number raised by one, or a word added where the form has no numbers: what a returned report needs."""
        filing = self.office.person(self.clerk).get(self._filing)
        entered = [cell for cell in filing["cells"] if cell["version"] > 0]
        numbers = [cell for cell in entered if "number" in cell["value"]]
        cell = (numbers or [cell for cell in entered if "text" in cell["value"]])[0]
        kind, before = next(iter(cell["value"].items()))
        after = _one_more(before) if kind == "number" else f"{before} (đã rà soát)"
        edit = {
            "row": cell["row"],
            "column": cell["column"],
            "value": {kind: after},
            "expected_version": cell["version"],
        }
        self._patch({"edits": [edit]})
        return {"row": cell["row"], "column": cell["column"], "before": before, "after": after}

    def write_narrative(self, text: str) -> int:
        """Every section of the outline; the number of sections."""
        clerk = self.office.person(self.clerk)
        path = f"{SUBMISSION}/reports/{self.id}/narrative"
        sections = clerk.get(path)["sections"]
        if sections:
            body = {"sections": [{"id": s["id"], "text": f"{s['heading']}: {text}"} for s in sections]}
            clerk.request("PUT", path, json=body)
        return len(sections)

    def submit(self) -> None:
        clerk = self.office.person(self.clerk)
        report = self.seen_by(self.clerk)
        found = clerk.get(f"{SUBMISSION}/reports/{self.id}/validation")
        explanations = [
            {
                "form_version_id": warning.get("form_version_id"),
                "code": warning["code"],
                "row": warning.get("row"),
                "column": warning.get("column"),
                "text": "Đã đối chiếu với hồ sơ của đơn vị, số liệu đúng.",
            }
            for warning in found["warnings"]
        ]
        to = self.office.stack.account(self.leader)["account_id"]
        body = {"to_account_id": to, "last_edit": report["last_edit"], "explanations": explanations}
        self._act(self.clerk, "submit", body, report["version"])

    def give_back(self, who: str, reason: str, place: dict[str, Any] | None = None) -> None:
        places = [{"form_version_id": self.form_version_id, **place}] if place else []
        self._act(who, "return", {"reason": reason, "places": places}, self.seen_by(who)["version"])

    def approve(self) -> list[str]:
        """One act, or two where the profile keeps them apart."""
        done = []
        for action in ("approve_figures", "approve"):
            report = self.seen_by(self.leader)
            if self._may(report, action):
                self._act(self.leader, action, {}, report["version"])
                done.append(action)
        return done

    def sign(self) -> dict[str, Any]:
        """The leader's signature with the PIN; the request as it then stands."""
        return self._with_pin(self.leader, "sign")

    def issue(self) -> dict[str, Any]:
        """Number, date and the agency's signature."""
        return self._with_pin(self.desk, "issue")

    def send(self) -> None:
        report = wait_for(
            lambda: self._if(self.leader, lambda found: self._may(found, "send")), "the signature to arrive"
        )
        self._act(self.leader, "send", {}, report["version"])

    def take_in(self, who: str) -> None:
        self._act(who, "take_in", {}, self.seen_by(who)["version"])

    def accept(self, who: str) -> None:
        self._act(who, "accept", {}, self.seen_by(who)["version"])

    def pdf(self) -> bytes:
        leader = self.office.person(self.leader)
        newest = leader.get(f"{SIGNING}/requests", report_id=self.id)["items"][0]
        return leader.request("GET", f"{SIGNING}/requests/{newest['id']}/document.pdf").content

    def verification(self) -> dict[str, Any]:
        leader = self.office.person(self.leader)
        newest = leader.get(f"{SIGNING}/requests", report_id=self.id)["items"][0]
        found: dict[str, Any] = leader.get(f"{SIGNING}/requests/{newest['id']}/verification")
        return found

    def receipt(self) -> dict[str, Any]:
        found: dict[str, Any] = self.office.person(self.leader).get(f"{SUBMISSION}/reports/{self.id}/receipt")
        return found

    @property
    def _filing(self) -> str:
        return f"{SUBMISSION}/reports/{self.id}/filings/{self.form_version_id}"

    def _workbook(self, name: str, data: bytes, *, dry_run: bool) -> dict[str, Any]:
        answer: dict[str, Any] = (
            self.office.person(self.clerk)
            .request(
                "POST",
                f"{self._filing}:import",
                params={"dry_run": str(dry_run).lower()},
                files={"file": (name, data, XLSX)},
            )
            .json()
        )
        return answer

    def _patch(self, body: dict[str, Any]) -> None:
        saved = self.office.person(self.clerk).request("PATCH", f"{self._filing}/cells", json=body).json()
        wrong = saved["refused"] + saved["conflicts"]
        if wrong:
            raise Refusal("PATCH cells", 409, {"code": "cells", "detail": wrong[0].get("message", wrong[0])})

    def _act(self, who: str, action: str, body: dict[str, Any], version: int) -> None:
        path = f"{SUBMISSION}/reports/{self.id}:{action}"
        self.office.person(who).post(path, body, version=version)

    @staticmethod
    def _may(report: dict[str, Any], action: str) -> bool:
        return any(each["action"] == action and each["allowed"] for each in report["actions"])

    def _if(self, who: str, right: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        report = self.seen_by(who)
        return report if right(report) else None

    def _with_pin(self, username: str, act: str) -> dict[str, Any]:
        who, pin = self.office.person(username), self.office.stack.account(username)["pin"]

        def found() -> dict[str, Any] | None:
            items = who.get(f"{SIGNING}/requests", report_id=self.id)["items"]
            return next((one for one in items if one["waits_for"] == act), None)

        request = wait_for(found, f"the signing request to wait for: {act}")
        done: dict[str, Any] = who.post(f"{SIGNING}/requests/{request['id']}:{act}", {"pin": pin})
        return done


def wait_for(ask: Callable[[], T | None], what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """The first answer that is there; a refusal meanwhile is only the answer that it isn't yet."""
    limit = time.monotonic() + seconds
    last: Refusal | None = None
    while time.monotonic() < limit:
        try:
            found = ask()
        except Refusal as refusal:
            found, last = None, refusal
        if found is not None:
            return found
        time.sleep(0.3)
    raise NotSeen(f"{what}: not seen within {seconds:.0f} s" + (f" ({last})" if last else ""))


def _one_more(number: str) -> str:
    whole, point, rest = number.partition(".")
    return f"{int(whole) + 1}{point}{rest}"
