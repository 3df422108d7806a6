"""`python -m reporting_security check` and `… sbom`."""

from __future__ import annotations

import sys

from reporting_security import bill, checks, tools

_CHECKS: dict[str, checks.Check] = {
    "code": checks.code,
    "secrets in the repository": checks.secrets,
    "licences": checks.licences,
    "known vulnerabilities, Python": checks.python_vulnerabilities,
    "known vulnerabilities, portal": checks.portal_vulnerabilities,
}


def check() -> int:
    passed = failed = skipped = 0
    for name, run in _CHECKS.items():
        findings = run()
        if findings is None:
            skipped += 1
            print(f"{name}: not checked, the data can't be had from here; check where it can")
        elif findings:
            failed += 1
            print(f"{name}: FAILED\n{checks.summary(findings)}")
        else:
            passed += 1
            print(f"{name}: ok")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


def main() -> None:
    commands = {"check": check, "sbom": bill.write}
    words = sys.argv[1:]
    if len(words) != 1 or words[0] not in commands:
        sys.exit("say one of: check, sbom")
    tools.install()
    sys.exit(commands[words[0]]())


if __name__ == "__main__":
    main()
