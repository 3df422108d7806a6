"""A form with its rules as one file that travels between provinces: JSON and the official workbook in a zip, signed.

form.json       what the form is: code, name, purpose, model with formulas
template.xlsx   the official workbook, byte for byte
manifest.json   SHA-256 of both, from whom, when
manifest.jws    the detached signature over manifest.json
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.model import FormModel
from pydantic import ValidationError

from catalog.application.ports import PackageSeal
from catalog.domain.form import FormVersion
from catalog.domain.form_errors import PackageNotTrusted, PackageUnreadable

SCHEMA = "form-package/1"
FORM, TEMPLATE, MANIFEST, SIGNATURE = "form.json", "template.xlsx", "manifest.json", "manifest.jws"
LARGEST = {FORM: 20 << 20, TEMPLATE: 25 << 20, MANIFEST: 64 << 10, SIGNATURE: 4 << 10}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Zip entries carry no moment of their own: one form makes one and the same archive."""


@dataclass(frozen=True, slots=True)
class FormPackage:
    code: str
    name: str
    number: int
    model: FormModel
    template: bytes
    source: str
    """The province it comes from, in words."""
    made_at: datetime
    signer: str = ""


def write_package(
    version: FormVersion, template: bytes, *, source: str, at: datetime, seal: PackageSeal
) -> bytes:
    form = _json(
        {
            "schema": SCHEMA,
            "code": version.code,
            "name": version.name,
            "number": version.number,
            "model": version.model.model_dump(mode="json", exclude_none=True),
        }
    )
    manifest = _json(
        {
            "schema": SCHEMA,
            "source": source,
            "made_at": at.isoformat(),
            "files": {FORM: _sha256(form), TEMPLATE: _sha256(template)},
        }
    )
    parts = {FORM: form, TEMPLATE: template, MANIFEST: manifest, SIGNATURE: seal.sign(manifest).encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_package(data: bytes, seal: PackageSeal) -> FormPackage:
    """The signature first: nothing of an untrusted package is read further. Raises PackageUnreadable, PackageNotTrusted."""
    parts = _parts(data)
    signer = seal.signer(parts[SIGNATURE].decode("ascii", "replace"), parts[MANIFEST])
    manifest = _object(parts[MANIFEST])
    for name in (FORM, TEMPLATE):
        if manifest.get("files", {}).get(name) != _sha256(parts[name]):
            raise PackageNotTrusted(f"tệp {name} không khớp với nội dung đã ký")
    form = _object(parts[FORM])
    try:
        if form.get("schema") != SCHEMA:
            raise PackageUnreadable(f"không phải định dạng {SCHEMA}")
        return FormPackage(
            code=str(form["code"]),
            name=str(form["name"]),
            number=int(form["number"]),
            model=FormModel.model_validate(form["model"]),
            template=parts[TEMPLATE],
            source=str(manifest["source"]),
            made_at=datetime.fromisoformat(manifest["made_at"]),
            signer=signer,
        )
    except (KeyError, ValueError, ValidationError) as wrong:
        raise PackageUnreadable("nội dung form.json không đúng cấu trúc") from wrong


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {info.filename: info for info in archive.infolist()}
            if set(entries) != set(LARGEST) or len(archive.infolist()) != len(LARGEST):
                raise PackageUnreadable("gói phải có đúng " + ", ".join(LARGEST))
            too_large = [name for name, limit in LARGEST.items() if entries[name].file_size > limit]
            if too_large:
                raise PackageUnreadable(f"tệp {too_large[0]} quá lớn")
            # A forged size in the directory doesn't help: reading stops at it and the checksum fails.
            return {name: archive.read(name) for name in LARGEST}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as wrong:
        raise PackageUnreadable("không mở được tệp nén") from wrong


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except ValueError as wrong:
        raise PackageUnreadable("tệp JSON hỏng") from wrong
    if not isinstance(found, dict):
        raise PackageUnreadable("tệp JSON không phải một đối tượng")
    return found


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
