"""What must hold of the Containerfile before anything is built of it; how the images run is `make containers-test`."""

import re
import subprocess
from pathlib import Path

import pytest
from reporting_images import wheels
from reporting_images.catalogue import FILE, OURS, PEERS, version
from reporting_stack.layout import ROOT, SERVICES, VENV

TEXT = (ROOT / FILE).read_text(encoding="utf-8")
INSTRUCTIONS = re.sub(r"\\\n", " ", "\n".join(line for line in TEXT.splitlines() if not line.startswith("#")))
STAGES = {
    found[2]: found[0]
    for found in re.finditer(r"^FROM (\S+) AS (\S+)\n(?:(?!^FROM ).*\n?)*", INSTRUCTIONS, re.MULTILINE)
}
ALL = [*OURS, *PEERS]


def test_hadolint_finds_nothing() -> None:
    done = subprocess.run(
        [VENV / "bin" / "hadolint", ROOT / FILE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_each_part_of_the_system_has_an_image() -> None:
    assert {image.name for image in OURS} == {*SERVICES, "portal", "gateway", "operator", "backup"}
    assert {image.target for image in ALL} <= set(STAGES)


@pytest.mark.parametrize("image", ALL, ids=lambda image: image.name)
def test_an_image_runs_as_an_account_without_rights(image) -> None:
    users = re.findall(r"^USER (.*)$", STAGES[image.target], re.MULTILINE)
    assert users == ["10001:10001"]


@pytest.mark.parametrize("image", ALL, ids=lambda image: image.name)
def test_an_image_starts_one_program_without_a_shell_and_says_how_it_stops(image) -> None:
    stage = STAGES[image.target]
    assert re.search(r'^ENTRYPOINT \["/', stage, re.MULTILINE)
    assert re.search(r"^STOPSIGNAL SIG(TERM|INT)$", stage, re.MULTILINE)
    for label in ("title", "description", "version", "revision"):
        assert f"org.opencontainers.image.{label}=" in stage


@pytest.mark.parametrize("image", ALL, ids=lambda image: image.name)
def test_an_image_carries_the_list_of_what_is_in_it(image) -> None:
    assert "/opt/reader/sbom.py" in STAGES[image.target] and "/app/sbom.cdx.json" in STAGES[image.target]


def test_no_image_is_named_by_a_moving_tag() -> None:
    named = re.findall(r"^FROM (\S+)", INSTRUCTIONS, re.MULTILINE) + re.findall(r"ARG BASE=(\S+)", TEXT)
    outside = [name for name in named if name not in STAGES and name != "${BASE}"]
    assert outside == ["docker.io/library/python:3.11-slim-bookworm"]
    assert version() != "latest"


def test_packages_are_installed_by_their_hashes_alone() -> None:
    installs = [line for line in INSTRUCTIONS.splitlines() if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line and "--no-index" in line for line in installs)


def test_no_secret_is_given_to_a_build() -> None:
    names = re.findall(r"^(?:ARG|ENV) ([A-Z0-9_]+)", INSTRUCTIONS, re.MULTILINE)
    assert [name for name in names if re.search("PASSWORD|SECRET|TOKEN|CREDENTIAL|_KEY", name)] == []


def test_a_build_sees_only_what_it_names() -> None:
    lines = (ROOT / f"{FILE}.dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", INSTRUCTIONS, re.MULTILINE)
    sources = {word for words in copied for word in words.split()}
    for name in (source.replace("${SERVICE}", "catalog") for source in sources):
        assert any(Path(name).match(rule[1:]) or name.startswith(rule[1:]) or
                   any(parent.match(rule[1:]) for parent in Path(name).parents)
                   for rule in rules if rule.startswith("!")), name  # fmt: skip


@pytest.mark.parametrize("kind", sorted(wheels.CHOSEN))
def test_what_an_image_installs_is_cut_from_the_projects_locks(kind: str) -> None:
    text = wheels.requirements(kind)
    packages = re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==", text, re.MULTILINE)
    assert packages
    assert text.count("--hash=sha256:") >= len(packages)
    chosen = wheels.CHOSEN[kind][1]
    assert chosen is None or set(packages) == set(chosen)


def test_the_locks_are_read_whole() -> None:
    lock = wheels.LOCKS / "services.txt"
    entries = wheels.entries(lock)
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert len(entries) == sum("==" in line and not line.startswith((" ", "#")) for line in lines)


@pytest.mark.parametrize("stage", ["portal-code", "gateway-code"])
def test_a_part_of_the_stack_brings_what_it_imports(stage: str) -> None:
    copied = {name for name in re.findall(r"deploy/\S+", STAGES[stage]) if (ROOT / name).is_file()}
    for name in copied:
        text = (ROOT / name).read_text(encoding="utf-8")
        for module, names in re.findall(r"^from (reporting_stack[\w.]*) import (\w+)", text, re.MULTILINE):
            folder = f"deploy/stack/src/{module.replace('.', '/')}"
            assert copied & {f"{folder}.py", f"{folder}/{names}.py"}, f"{name} imports {module}"
