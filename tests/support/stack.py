"""The running stack a test drives: read from its stack.json, never guessed."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Stack:
    """One stack: its name and what its stack.json says (addresses, accounts, clients)."""

    name: str
    facts: dict[str, Any]

    @property
    def folder(self) -> Path:
        """Where the stack keeps its own files: mail, demo results, screenshots."""
        return ROOT / ".run" if self.name == "default" else ROOT / ".run" / self.name

    @property
    def gateway(self) -> str:
        """The one address people and programs use."""
        return str(self.facts["portal"]).rstrip("/")

    def account(self, username: str) -> dict[str, Any]:
        """The account of this name, with its password and, for signers, its PIN."""
        return next(account for account in self.facts["accounts"] if account["username"] == username)

    def client(self, client_id: str) -> dict[str, Any]:
        """The program of this name, with its secret."""
        return next(client for client in self.facts["clients"] if client["client_id"] == client_id)


def stack_file(name: str) -> Path:
    """Where a stack of this name writes its stack.json."""
    folder = ROOT / ".run" if name == "default" else ROOT / ".run" / name
    return folder / "stack.json"


def read_stack(name: str) -> Stack:
    """The stack of this name as it stands. FileNotFoundError if it was never up."""
    return Stack(name, json.loads(stack_file(name).read_text(encoding="utf-8")))


def start_stack(name: str) -> Stack:
    """Starts a stack and waits until it is ready, or says what kept it."""
    # The demo's past periods would compete with the tests; a test of their own brings them in.
    environment = {**os.environ, "STACK": name, "HISTORY": "no"}
    done = subprocess.run(  # the project's own command
        ["make", "--no-print-directory", "up"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=1500,
    )
    if done.returncode:
        raise RuntimeError(f"make up STACK={name} ended with {done.returncode}")
    return read_stack(name)


def abandoned_transactions(name: str) -> list[str]:
    """Log lines of connections that a service lost sight of: what they had locked made others wait."""
    logs = stack_file(name).with_name("logs").glob("*.log")
    return [
        f"{log.name}: {line[:400]}"
        for log in sorted(logs)
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        if "non-checked-in connection" in line
    ]


def stop_stack(name: str) -> None:
    """Stops every process of the stack and leaves its data."""
    subprocess.run(
        ["make", "--no-print-directory", "down"],
        cwd=ROOT,
        env={**os.environ, "STACK": name},
        stdin=subprocess.DEVNULL,
        check=True,
        timeout=120,
    )
