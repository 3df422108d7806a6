"""Work on what strangers sent, in a process apart: bounded in memory and time, killed when it overstays.

The parent runs `python -m kit.apart package.module:function memory cpu_seconds`; the child bounds itself, hands
standard input to the function and writes its answer, all bytes. A refusal raised there is raised here again as
the same kind. The child sees no variable of the service but the ones Python needs.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit.errors import KINDS, DomainError, Place, Unavailable

_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "HOME", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR", "TZ")
_DONE, _REFUSED, _NO_MEMORY = b"done\n", b"refused\n", b"no memory\n"
_MEMORY_LEFT = 1 << 20
# openpyxl loads these where they are installed, and reads without them: a tenth of a second, and less that a file may meet.
_NOT_NEEDED = ("numpy", "PIL")


@dataclass(frozen=True, slots=True)
class Bounds:
    """``memory`` in bytes of address space; ``cpu_seconds`` of the processor, which the work itself is to blame
    for; ``seconds`` on the wall, for which a busy machine is."""

    memory: int = 512 << 20
    cpu_seconds: int = 20
    seconds: float = 90.0


class Overstayed(Exception):
    """The work took more of the processor or of memory than it may, and was ended."""


class Fell(Exception):
    """The work ended without an answer: it crashed. The message is the end of what it complained about."""


class Apart:
    """Runs work apart, at most ``at_once`` pieces of it together; the others wait their turn."""

    def __init__(self, bounds: Bounds | None = None, at_once: int = 2) -> None:
        self.bounds = bounds or Bounds()
        self._turns = asyncio.Semaphore(at_once)

    async def run(self, work: str, order: bytes) -> bytes:
        """``work`` is ``package.module:function`` with one argument and one answer, both bytes. Raises the
        function's own refusal, Overstayed or Fell; Unavailable where no turn or no answer comes in time."""
        try:
            async with asyncio.timeout(self.bounds.seconds):
                await self._turns.acquire()
        except TimeoutError as error:
            raise _busy() from error
        try:
            return await self._run(work, order)
        finally:
            self._turns.release()

    async def _run(self, work: str, order: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kit.apart", work),
            *(str(self.bounds.memory), str(self.bounds.cpu_seconds)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
        )
        try:
            async with asyncio.timeout(self.bounds.seconds):
                out, complaint = await process.communicate(order)
        except TimeoutError as error:
            raise _busy() from error
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        return _answer(work, process.returncode, out, complaint)


def _busy() -> Unavailable:
    return Unavailable(
        "kit.apart.busy",
        "Máy chủ đang bận xử lý nhiều tệp.",
        rule="Mỗi máy chủ chỉ xử lý một số tệp cùng lúc, mỗi tệp trong thời gian có hạn.",
        remedy="Thử lại sau ít phút.",
        retry_after=30,
    )


def _answer(work: str, status: int | None, out: bytes, complaint: bytes) -> bytes:
    if status == 0 and out.startswith(_DONE):
        return out.removeprefix(_DONE)
    if status == 0 and out.startswith(_REFUSED):
        raise _refusal(json.loads(out.removeprefix(_REFUSED)))
    if out.startswith(_NO_MEMORY) or status in (-9, -24):
        raise Overstayed(f"{work}: status {status}")
    raise Fell(f"{work}: status {status}: {complaint[-2000:].decode(errors='replace')}")


def _refusal(said: dict[str, Any]) -> DomainError:
    kind = next(kind for kind in KINDS if kind.__name__ == said["kind"])
    return kind(
        said["code"],
        said["message"],
        places=[Place(**place) for place in said["places"]],
        rule=said["rule"],
        remedy=said["remedy"],
        details=said["details"],
    )


def _said(refusal: DomainError) -> bytes:
    kind = next(kind for kind in KINDS if isinstance(refusal, kind))
    return json.dumps(
        {
            "kind": kind.__name__,
            "code": refusal.code,
            "message": refusal.message,
            "places": [place.as_dict() for place in refusal.places],
            "rule": refusal.rule,
            "remedy": refusal.remedy,
            "details": refusal.details,
        }
    ).encode()


def confine(bounds: Bounds, *, may_write: bool = False) -> None:
    """Bounds this process for the rest of its life: memory, processor, no core, and no file to write
    unless it ``may_write``."""
    limits = {
        resource.RLIMIT_AS: bounds.memory,
        resource.RLIMIT_CPU: bounds.cpu_seconds,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items() if may_write else (*limits.items(), (resource.RLIMIT_FSIZE, 0)):
        _, hardest = resource.getrlimit(limit)
        least = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        resource.setrlimit(limit, (least, least))


def main() -> None:
    work, memory, cpu_seconds = sys.argv[1:4]
    confine(Bounds(memory=int(memory), cpu_seconds=int(cpu_seconds)))
    kept: bytearray | None = bytearray(_MEMORY_LEFT)
    module, _, name = work.partition(":")
    gc.disable()  # one piece of work, then the process ends: nothing is worth collecting
    for name_of_module in _NOT_NEEDED:
        sys.modules[name_of_module] = None  # type: ignore[assignment]
    try:
        function: Callable[[bytes], bytes] = getattr(importlib.import_module(module), name)
        answer = _DONE + function(sys.stdin.buffer.read())
    except DomainError as refusal:
        answer = _REFUSED + _said(refusal)
    except MemoryError:
        kept = None  # what was held back is enough to say so
        answer = _NO_MEMORY
    del kept
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
