"""Files written so that nobody sees half of one, and nobody else sees a secret."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def write_private(path: Path, content: str | bytes) -> bool:
    """Replaces the file in one step, mode 0600. False if it already had this content."""
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        path.chmod(0o600)
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def write_json(path: Path, value: Any) -> bool:
    return write_private(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def read_json(path: Path, default: Any = None) -> Any:
    if default is not None and not path.is_file():
        return default
    return json.loads(path.read_text(encoding="utf-8"))
