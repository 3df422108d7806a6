"""`bin/reporting upgrade`: refused without the operator's recorded consent, then one part after another."""

from __future__ import annotations

import subprocess
from datetime import datetime

from reporting_stack import supervise
from reporting_stack.consents import Consents, minutes
from reporting_stack.files import write_private
from reporting_stack.layout import ROOT, Home, StackError
from reporting_stack.prepare import prepare
from reporting_stack.status import opened
from reporting_stack.up import refresh


def upgrade(
    home: Home, version: str, *, by: str | None, document: str | None, at: datetime | None, now: datetime
) -> None:
    """Takes the checkout as it stands, which must be the version consented to."""
    consents = Consents(home.root / "consents.jsonl")
    if by is not None or document is not None:
        consents.record(version, by or "", document or "", at or now, now)
    consent = consents.to(version, now)
    commit = _checked_out(version)
    paper = home.root / "consents" / f"{consent.number:04}-{version}.txt"
    write_private(paper, minutes(consent, commit))
    print(f"consent {consent.number} of {consent.by}, {consent.document}; minutes: {paper}")
    if supervise.running_pid(home) is None:
        raise StackError(f"the stack {home.name} isn't running: run `make up`, it starts this version")
    prepare()
    stack = opened(home)
    # One part at a time: while one restarts, the gateway holds its safe calls and the others go on.
    refresh(stack, [*stack.services.names, "static", "gateway"])
    print(f"the stack {home.name} runs {version} ({commit})")


def _checked_out(version: str) -> str:
    """The commit under our feet, if it is what `version` names: a tag, a branch or a commit."""

    def ask(*words: str) -> str:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    here, wanted = ask("rev-parse", "HEAD"), ask("rev-parse", "--verify", "--quiet", f"{version}^{{commit}}")
    if not wanted:
        raise StackError(f"git knows no version {version} here")
    if here != wanted:
        raise StackError(
            f"the checkout is at {here[:12]}, not at {version} ({wanted[:12]}): git checkout {version}"
        )
    return here[:12]
