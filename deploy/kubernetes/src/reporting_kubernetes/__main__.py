"""`check` proves the chart against a real API server; `test` runs it on a real node; `tools` builds what it needs; `secrets` makes what it refers to."""

from __future__ import annotations

import os
import sys

import pytest
import yaml
from reporting_stack.layout import ROOT, Home, StackError

from reporting_kubernetes import secrets, tools
from reporting_kubernetes.cluster import trial

FOR_CHECK = ("helm", "etcd", "kube-apiserver")
# Set for the tests that need what is built here; `make test` runs without.
WITH_TOOLS = "REPORTING_KUBERNETES_TOOLS"


class _Count:
    """Counts what passed and what failed, errors among the latter."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.passed += 1
        elif report.failed:
            self.failed += 1


def check(words: list[str]) -> int:
    tools.built(*FOR_CHECK)
    tools.installed()
    os.environ[WITH_TOOLS] = "yes"
    os.chdir(ROOT)
    count = _Count()
    ended = pytest.main(["-q", "tests/kubernetes", *words], plugins=[count])
    print(f"{count.passed} passed, {count.failed} failed")
    return int(ended)


def main() -> int:
    match sys.argv[1:]:
        case ["check", *words]:
            return check(words)
        case ["test"]:
            return trial.outside()
        case ["test", "inside"]:
            return trial.inside()
        case ["tools", *names]:
            print(tools.built(*(names or FOR_CHECK)))
            return 0
        case ["secrets", *given]:
            home = Home.named(*(given or ["cluster"]))
            print(yaml.safe_dump_all(secrets.manifests(home), sort_keys=False), end="")
            return 0
        case _:
            told = "python -m reporting_kubernetes check [pytest's options] | test | tools [names] | secrets [name]"
            print(told, file=sys.stderr)
            return 2


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StackError as error:
        sys.exit(f"kubernetes: {error}")
