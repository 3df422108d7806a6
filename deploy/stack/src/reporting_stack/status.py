"""`make status`, `make accounts`, `make trace`: what a person wants to see of a running stack."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import httpx

from reporting_stack import demo, ports, readiness, supervise
from reporting_stack.files import read_json
from reporting_stack.layout import Home, StackError
from reporting_stack.stack import Stack

PAGE = os.sysconf("SC_PAGE_SIZE")


def opened(home: Home) -> Stack:
    """The stack as it was last up."""
    found = ports.recorded(home)
    if found is None:
        raise StackError(f"the stack {home.name} was never up: run `make up`")
    return Stack(home, found)


def show_status(home: Home) -> bool:
    """Prints each part with its state. True if all are ready."""
    found = supervise.states(home)
    if not found:
        print(f"the stack {home.name} isn't running")
        return False
    stack = opened(home)
    missing = asyncio.run(readiness.all_parts(stack))
    total = 0
    for state in sorted(found, key=lambda state: state["name"]):
        name = state["name"]
        size = memory(state["pid"]) if state["pid"] else 0
        total += size
        lacks = missing.get(name)
        words = (
            state["statename"].lower()
            if name not in missing
            else ("ready" if lacks is None else f"NOT READY: {lacks}")
        )
        print(f"  {name:<14} pid {state['pid'] or '-':<8} {size // 2**20:>5} MiB  {words}")
    print(f"  together {total // 2**20} MiB; portal {stack.ports.gateway_url}")
    step = demo.progress(home)
    if step:
        words = (
            "finished"
            if step.get("finished")
            else f"{step.get('done')} of {step.get('of')}: {step.get('step')}"
        )
        print(f"  demo {words}")
    return not any(missing.values())


def memory(pid: int) -> int:
    """The bytes a process and its children hold, shared pages counted once for each in proportion."""
    total = 0
    for member in [pid, *_children(pid)]:
        try:
            with open(f"/proc/{member}/smaps_rollup", encoding="ascii") as file:
                total += sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
        except OSError:
            continue
    return total


def _children(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            direct = [int(word) for word in file.read().split()]
    except OSError:
        return []
    return [*direct, *(below for child in direct for below in _children(child))]


def show_accounts(home: Home, *, secrets: bool) -> None:
    if not home.stack_file.is_file():
        raise StackError(f"the stack {home.name} was never ready: run `make up`")
    accounts: list[dict[str, Any]] = read_json(home.stack_file)["accounts"]
    head = ("tài khoản", "đơn vị", "vai trò") + (("mật khẩu", "PIN") if secrets else ())
    rows = [head]
    for account in accounts:
        row: tuple[str, ...] = (
            account["username"],
            account.get("unit", ""),
            ", ".join(account.get("roles", [])),
        )
        if secrets:
            first = " (đổi ở lần đầu)" if account.get("first_login") else ""
            row += (account["password"] + first, str(account.get("pin", "")))
        rows.append(row)
    shown = rows if secrets else rows[:13]
    widths = [min(48, max(len(row[column]) for row in shown)) for column in range(len(head))]
    for row in shown:
        print("  " + "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())
    if len(shown) < len(rows):
        print(f"  … {len(rows) - len(shown)} tài khoản khác; `make accounts` cho xem tất cả kèm mật khẩu")


def show_trace(home: Home, trace_id: str) -> bool:
    """Prints one trace as a tree: which part, what, how long."""
    stack = opened(home)
    address = f"http://127.0.0.1:{stack.ports.otlp_query}/traces/{trace_id}"
    spans = httpx.get(address, timeout=10).json()["spans"]
    if not spans:
        print(f"no spans of trace {trace_id}")
        return False
    known = {span["span_id"] for span in spans}
    first = min(span["start_ns"] for span in spans)
    children: dict[str, list[dict[str, Any]]] = {}
    for span in spans:
        children.setdefault(span["parent_id"] if span["parent_id"] in known else "", []).append(span)

    def show(parent: str, depth: int) -> None:
        for span in children.get(parent, []):
            begun, lasted = (span["start_ns"] - first) / 1e6, (span["end_ns"] - span["start_ns"]) / 1e6
            mark = " !" if span["error"] else ""
            asked = span["attributes"]
            method = asked.get("http.request.method") or asked.get("http.method")
            words = f"{method} {asked['url.path']}" if "url.path" in asked else span["name"]
            name = f"{'  ' * depth}{span['service']}: {words}"
            print(f"{begun:9.1f} ms {lasted:9.1f} ms  {name}{mark}")
            show(span["span_id"], depth + 1)

    show("", 0)
    print(f"{len(spans)} spans of {len({span['service'] for span in spans})} parts")
    return True
