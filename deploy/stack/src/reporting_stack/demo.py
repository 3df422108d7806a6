"""The one place where the demo province hangs on the stack.

The province itself and its program are founded by identity's own command, since nobody can sign in before.
Then the package of deploy/demo is asked twice. `accounts` makes units, accounts and regimes through the API and
writes the stack's accounts.json, to which passwords and tokens are added here; it is waited for. `history` brings in past periods
and the reports of the last one; it goes on in the background, under supervisord, and writes how far it is to
demo.json: {"done": n, "of": n, "step": "…", "finished": false}. Both can be repeated without effect.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from reporting_stack import people, supervise
from reporting_stack.files import read_json, write_private
from reporting_stack.layout import DEPLOY, PYTHON, Home, StackError
from reporting_stack.prepare import steps
from reporting_stack.stack import Stack
from reporting_stack.supervise import Program

PACKAGE = "reporting_demo"
PROGRAM = "demo-history"


def is_present() -> bool:
    return (DEPLOY / "demo" / "src" / PACKAGE / "__main__.py").is_file()


def environment(stack: Stack, facts: Path) -> dict[str, str]:
    """What the demo may know of the stack: what any program of a province would be given, and the tokens."""
    return {
        "REPORTING_STACK_FILE": str(facts),
        "REPORTING_ACCOUNTS_FILE": str(stack.home.accounts_file),
        "REPORTING_PROGRESS_FILE": str(stack.home.root / "demo.json"),
        "REPORTING_STACK": stack.home.name,
        "SOFTHSM2_CONF": str(stack.trust.token_settings),
    }


def seed(stack: Stack) -> bool:
    """Makes the demo province. False if there is nothing to make."""
    if not is_present():
        return False
    wanted = steps.digest([DEPLOY / "demo"])
    made = stack.home.data / "demo.made"
    if stack.home.accounts_file.is_file() and made.is_file() and made.read_text() == wanted:
        return False
    people.found_province(stack, read_json(DEPLOY / "demo" / "province.json"))
    log = stack.home.logs / "demo-accounts.log"
    with log.open("wb") as out:
        done = subprocess.run(
            [str(PYTHON), "-m", PACKAGE, "accounts"],
            env={**os.environ, **environment(stack, stack.home.draft_file)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise StackError(f"the demo province could not be made: {log.read_text(errors='replace')[-1500:]}")
    people.equip(stack, everyone=False)
    write_private(made, wanted)
    return True


def program(stack: Stack) -> Program:
    return Program(
        PROGRAM,
        ["/bin/sh", "-c", f'"$0" -m reporting_stack equip; exec "$0" -m {PACKAGE} history', str(PYTHON)],
        environment(stack, stack.home.stack_file),
        after=[f"file:{stack.home.stack_file}"],
        stage=90,
        once=True,
    )


def progress(home: Home) -> dict[str, Any]:
    found: dict[str, Any] = read_json(home.root / "demo.json", {})
    return found


def equip_everyone(stack: Stack) -> None:
    """The tokens that otherwise come with the history, in the background."""
    if is_present():
        people.equip(stack, everyone=True)
        stack.write_facts(ready=True)


def start_history(home: Home) -> None:
    """Lets the long part begin, unless it has been finished."""
    if is_present() and not progress(home).get("finished"):
        supervisor = supervise.rpc(home)
        if supervisor.getProcessInfo(PROGRAM)["statename"] not in ("RUNNING", "STARTING"):
            supervisor.startProcess(PROGRAM, False)
