"""Builds the images, measures them and keeps what is in each as `.run/images/sbom/<name>.cdx.json`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reporting_stack.layout import DEPLOY, ROOT, StackError
from reporting_stack.parts.keycloak_server import installation
from reporting_stack.prepare import steps

from reporting_images import machine, wheels
from reporting_images.catalogue import FILE, MOST_MEGABYTES, Image, revision, version
from reporting_images.podman import BUILD, exists, inspect, podman, read_file, words_of

RESULTS = ROOT / ".run" / "images"
BASE_SCRIPT = DEPLOY / "images" / "base.sh"


def base_image() -> str:
    """The base: what BASE names, or ours, made once for each state of its script and each month's updates."""
    given = os.environ.get("BASE")
    if given:
        return given
    tag = steps.digest([BASE_SCRIPT], time.strftime("%Y-%m"))[:12]
    image = f"localhost/reporting-base:bookworm-{tag}"
    if not exists(image):
        steps.run([str(BASE_SCRIPT), image], what="making the base image")
    return image


def build(images: Sequence[Image]) -> None:
    begun = time.monotonic()

    def say(what: str, words: str | None) -> None:
        if words:
            print(f"  {time.monotonic() - begun:6.1f}s  {what:<11} {words}", flush=True)

    say("machine", machine.prepare())
    say("wheels", wheels.fetch())
    base = base_image()
    say("base", base)
    for image in images:
        _build(image, base)
        size = compressed(image)
        (RESULTS / "sbom").mkdir(parents=True, exist_ok=True)
        bill = read_file(image.reference, "/app/sbom.cdx.json")
        (RESULTS / "sbom" / f"{image.name}.cdx.json").write_bytes(bill)
        parts = len(json.loads(bill)["components"])
        _record(image, size)
        say(image.name, f"{image.reference}  {size / 1e6:.0f} MB compressed, {parts} parts listed")
        if size > MOST_MEGABYTES * 1e6:
            raise StackError(f"{image.name} has {size / 1e6:.0f} MB compressed; at most {MOST_MEGABYTES}")
    judge([RESULTS / "sbom" / f"{image.name}.cdx.json" for image in images])
    say("sbom", f"each is CycloneDX by the strict schema, in {(RESULTS / 'sbom').relative_to(ROOT)}")


def judge(bills: list[Path]) -> None:
    """By the library's own schema, in the venv that the images' contents are read with."""
    reader = ROOT / ".cache" / "images" / "reader"
    wanted = steps.digest([wheels.LOCKS / "images.txt"])
    if not steps.is_done("reader", wanted):
        shutil.rmtree(reader, ignore_errors=True)
        steps.run(
            [sys.executable, "-m", "venv", "--without-pip", str(reader)], what="making the reader's venv"
        )
        (pip,) = wheels.HOUSE.glob("pip-*.whl")
        install = [
            str(reader / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
        ]
        install += [
            "--find-links",
            str(wheels.HOUSE),
            "--require-hashes",
            "-r",
            str(wheels.HOUSE / "images.txt"),
        ]
        steps.run(install, what="installing the reader", environment={**os.environ, "PYTHONPATH": str(pip)})
        steps.done("reader", wanted)
    command = [str(reader / "bin" / "python"), str(Path(__file__).with_name("sbom.py")), "judge"]
    # Ten seconds of a processor each: addresses in them are parsed by a grammar.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        judged = [
            pool.submit(steps.run, [*command, str(bill)], what=f"judging {bill.name}") for bill in bills
        ]
    for one in judged:
        one.result()


def _build(image: Image, base: str) -> None:
    arguments = {"BASE": base, "VERSION": version(), "REVISION": revision(), **image.arguments}
    podman(
        "build",
        *BUILD,
        *("--file", FILE, "--target", image.target, "--tag", image.reference),
        *("--ignorefile", "deploy/images/Containerfile.dockerignore"),
        *("--build-context", f"wheelhouse={wheels.HOUSE}"),
        *("--build-context", f"keycloak={installation()}"),
        *("--label", f"org.opencontainers.image.base.name={base}"),
        *words_of(arguments),
        ".",
    )


def compressed(image: Image) -> int:
    """Bytes of all layers as a registry would hold them. Images share layers, so each is compressed once."""
    path = ROOT / ".cache" / "images" / "layers.json"
    known: dict[str, int] = json.loads(path.read_text()) if path.is_file() else {}
    layers = inspect(image.reference)["RootFS"]["Layers"]
    if not all(layer in known for layer in layers):
        with tempfile.TemporaryDirectory(prefix="reporting-image-") as folder:
            copy = ["skopeo", "--insecure-policy", "copy", "--quiet"]
            subprocess.run([*copy, f"containers-storage:{image.reference}", f"dir:{folder}"], check=True)
            for layer in layers:
                if layer not in known:
                    known[layer] = _gzipped(Path(folder) / layer.removeprefix("sha256:"))
        path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    return sum(known[layer] for layer in layers)


def _gzipped(file: Path) -> int:
    size, packer = 0, zlib.compressobj(6, wbits=31)
    with file.open("rb") as stream:
        while part := stream.read(1 << 20):
            size += len(packer.compress(part))
    return size + len(packer.flush())


def _record(image: Image, size: int) -> None:
    path = RESULTS / "sizes.json"
    sizes = json.loads(path.read_text()) if path.is_file() else {}
    path.write_text(json.dumps({**sizes, image.name: size}, indent=1, sort_keys=True) + "\n")
