"""What must hold of every file: no province in code, small modules, nothing of one machine or registry."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROVINCES = re.compile(
    r"dong[-_ ]?nai|dak[-_ ]?lak|dong[-_ ]?thap|thanh[-_ ]?hoa|quang[-_ ]?ngai"
    r"|Đồng Nai|Đắk Lắk|Đồng Tháp|Thanh Hóa|Quảng Ngãi",
    re.IGNORECASE,
)
LONGEST_MODULE = 300
# A registry's own host name never stands in a file: hashes lock a package, not an address.
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(host)
        for host in (
            "pypi" + ".org",
            "pythonhosted" + ".org",
            "registry.npmjs" + ".org",
            "repo.maven.apache" + ".org",
            "proxy.golang" + ".org",
            "deb.debian" + ".org",
        )
    )
)


def tracked(*patterns: str) -> list[Path]:
    """Files git tracks that match."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("folder", ["services", "libs", "portal/src"])
def test_no_line_of_code_names_a_province(folder: str) -> None:
    named = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked(f"{folder}/*.py", f"{folder}/*.ts", f"{folder}/*.tsx")
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if PROVINCES.search(line)
    ]
    assert named == []


def test_every_module_is_small() -> None:
    long = [
        (str(path.relative_to(ROOT)), lines)
        for path in tracked("*.py", "*.ts", "*.tsx")
        if (lines := len(text_of(path).splitlines())) > LONGEST_MODULE
    ]
    assert long == []


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    machine_path = re.compile(r"(?<![A-Za-z0-9_.])/(?:work|root)/")
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != Path(__file__).resolve()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if REGISTRY_HOSTS.search(line) or machine_path.search(line)
    ]
    assert named == []


def test_the_gateway_routes_each_page_of_the_portal_and_no_other() -> None:
    pages = re.findall(r'<Route path="([a-z-]+)', text_of(ROOT / "portal" / "src" / "Pages.tsx"))
    routed = json.loads(text_of(ROOT / "deploy" / "gateway" / "portal-paths.json"))
    public = {"cong-khai"}
    assert set(routed) == set(pages) - public
