"""People at work while something breaks: whole cycles through the gateway, by several hands at once.

A regime of its own for all communes; each pair of hands takes one commune's report after the other through its
life. Who is told "try again" tries again, as the portal does, with the same key.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reporting_demo.acts import SUBMISSION, Office, ReportAtWork, wait_for
from reporting_demo.api import Api, Token
from reporting_demo.login import LoginAway
from reporting_demo.people import SO_TAI_CHINH, Province
from reporting_demo.regimes import (
    CATALOG,
    deadline,
    legal_document,
    month_before,
    today_in_vietnam,
    upload_form,
)
from reporting_demo.stack import FORMS, Stack

from reporting_drill.ledger import Ledger

LEAD = f"{SO_TAI_CHINH}.tonghop"
_LAW = "Diễn tập khôi phục"
_FORM = "kt-xh-thang"
Step = Callable[[], object]
_SIGN_INS = 60


@dataclass
class HeardOffice(Office):
    """Everyone's answers go into the ledger."""

    ledger: Ledger = field(default_factory=Ledger)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def person(self, username: str) -> Api:
        with self._one:
            known = username in self.people
            person = super().person(username)
            if not known:
                person.listen(self.ledger.hear)
                person.sign_in = partial(self._sign_in, person.sign_in)
            return person

    def _sign_in(self, once: Callable[[], Token]) -> Token:
        """As often as a person would open the form again; each time it wasn't there is counted."""
        for _ in range(_SIGN_INS):
            try:
                return once()
            except LoginAway:
                self.ledger.refuse(503, "sign-in")
                time.sleep(2)
        return once()


@dataclass
class Load:
    stack: Stack
    hands: int = 3
    ledger: Ledger = field(default_factory=Ledger)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By report, as its leader got it when it was sent."""
    known: list[ReportAtWork] = field(default_factory=list)
    finished: int = 0
    troubles: list[str] = field(default_factory=list)
    _waiting: list[ReportAtWork] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.office = HeardOffice(self.stack, ledger=self.ledger)
        self.form = (FORMS / f"{_FORM}-filled.xlsx").read_bytes()

    def open(self) -> None:
        """Form, regime and period, and a report for each commune whose people have their tokens."""
        self.open_period(*self.publish())

    def publish(self) -> tuple[str, str]:
        """A form and a regime of its own, the catalog's work alone; the ids of the regime and of the form's version."""
        lead, code = self.office.person(LEAD), f"DT-{secrets.token_hex(4)}"
        owner = lead.get("/api/identity/v1/me")["unit"]["id"]
        blank = (FORMS / f"{_FORM}.xlsx").read_bytes()
        draft = upload_form(lead, f"{_FORM}.xlsx", blank, code, f"Biểu {code}", owner)["draft"]
        version = lead.post(f"{CATALOG}/form-versions/{draft['id']}:publish", version=draft["version"])
        period = month_before(today_in_vietnam())
        accounts = {account["username"]: account for account in self.stack.facts["accounts"]}
        # Whoever signs in for the first time would be asked for a new password.
        newcomers = {
            name.partition(".")[0] for name, account in accounts.items() if account.get("first_login")
        }
        units = [
            accounts[f"{commune.code}.lanhdao"]["unit_id"]
            for commune in Province.of_the_demo().communes()
            if accounts[f"{commune.code}.lanhdao"].get("pin") and commune.code not in newcomers
        ]
        terms = {
            "code": code, "name": f"Diễn tập {code}", "kind": "periodic", "origin": "province", "legal_basis": _LAW,
            "legal_documents": [legal_document(_LAW, period)], "owner_unit_id": owner, "lead_unit_id": owner,
            "reporting_unit_ids": units, "form_version_ids": [version["id"]], "frequency": ["month"],
            "deadlines": [deadline(28, _LAW)], "approver": "Giám đốc", "aggregator": "Chuyên viên",
            "opens_itself": False, "assigns_itself": True, "starts_on": period.isoformat(),
        }  # fmt: skip
        regime = lead.post(f"{CATALOG}/regimes", terms)
        lead.post(f"{CATALOG}/regimes/{regime['id']}:publish", version=regime["version"])
        return regime["id"], version["id"]

    def open_period(self, regime_id: str, form_version_id: str) -> None:
        lead, key = self.office.person(LEAD), f"{month_before(today_in_vietnam()):%Y-%m}"
        order = {"regime_id": regime_id, "period_key": key}
        wait_for(lambda: lead.post(f"{SUBMISSION}/periods:open", order), "the regime in submission")
        lines = lead.everything(f"{SUBMISSION}/reports", regime_id=regime_id, period=key)
        reports = [self.office.report(line, form_version_id) for line in lines]
        with self._lock:
            self.known += reports
            self._waiting += reports

    def start(self) -> None:
        self._stop.clear()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.hands)]
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 240) -> None:
        """Lets everyone finish what they have in hand."""
        self._stop.set()
        limit = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.1, limit - time.monotonic()))

    def until(self, finished: int, seconds: float = 600) -> None:
        limit = time.monotonic() + seconds
        while self.finished < finished and time.monotonic() < limit:
            time.sleep(0.5)

    def one(self) -> str:
        """One whole report by one pair of hands; its id."""
        report = self.approved()
        self._walk(self._signing(report), lambda: False)
        return report.id

    def approved(self) -> ReportAtWork:
        """A report that waits for its leader's signature."""
        with self._lock:
            report = self._waiting.pop(0) if self._waiting else None
        if report is None:
            self.open()
            return self.approved()
        self._walk(self._entering(report), lambda: False)
        return report

    def signed_and_sent(self, report: ReportAtWork) -> None:
        self._walk(self._signing(report), lambda: False)

    def _work(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                report = self._waiting.pop(0) if self._waiting else None
            try:
                if report is None:
                    self.open()
                else:
                    self._cycle(report, self._stop.is_set)
            except Exception as error:
                with self._lock:
                    self.troubles.append(f"{type(error).__name__}: {error}"[:300])
                time.sleep(1)

    def _cycle(self, report: ReportAtWork, stopped: Callable[[], bool]) -> None:
        self._walk([*self._entering(report), *self._signing(report)], stopped)

    def _entering(self, report: ReportAtWork) -> list[Step]:
        return [
            lambda: report.enter_workbook(f"{_FORM}-filled.xlsx", self.form),
            report.correct_one_cell,
            report.submit,
            report.approve,
        ]

    def _signing(self, report: ReportAtWork) -> list[Step]:
        return [
            report.sign,
            report.issue,
            report.send,
            lambda: self._keep_receipt(report),
            lambda: report.take_in(LEAD),
            lambda: report.accept(LEAD),
            self._count,
        ]

    @staticmethod
    def _walk(steps: Sequence[Step], stopped: Callable[[], bool]) -> None:
        for step in steps:
            if stopped():
                return
            step()

    def _count(self) -> None:
        with self._lock:
            self.finished += 1

    def _keep_receipt(self, report: ReportAtWork) -> None:
        self.receipts[report.id] = report.receipt()
