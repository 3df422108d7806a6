"""`bin/reporting restore --from PLACE --identity FILE`: a stack whose machine is gone, on a new one.

The places and the private key are all there is. Keys, tokens, credentials and ports come out of the newest material;
then the cluster is restored as on the old machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reporting_backup import belongings
from reporting_backup.sealing import Opener, public_of
from reporting_backup.settings import BackupError

from reporting_stack.files import write_json, write_private
from reporting_stack.layout import Home, StackError
from reporting_stack.parts.backup import RECEIVERS, material_of
from reporting_stack.status import opened


def bring(home: Home, places: Sequence[Path], identity: Path) -> int:
    """Makes the stack's folder as it was; the number of pieces of material put there."""
    if home.ports_file.is_file():
        raise StackError(
            f"there is a stack {home.name} already: restore it without --from, or name another (STACK=)"
        )
    if missing := [str(place) for place in places if not (place / "base").is_dir()]:
        raise StackError(f"no backup lies in {', '.join(missing)}")
    home.make()
    try:
        opener = Opener(identity)
        newest = belongings.newest_material(list(places))
        if newest is None:
            raise StackError("no place holds any material: without keys and credentials there is no stack")
        number = belongings.unpack_missing(newest, material_of(home), opener)
    except BackupError as error:
        raise StackError(str(error)) from error
    folder = home.secrets / "backup"
    write_private(folder / "identity.txt", identity.read_bytes())
    write_private(folder / "recipients.txt", "".join(f"{key}\n" for key in public_of(identity)))
    # One place is enough to restore; the second begins anew beside it, to be moved elsewhere by the operator.
    known = dict(zip(RECEIVERS, (str(place.absolute()) for place in places), strict=False))
    for receiver in RECEIVERS:
        known.setdefault(receiver, str(home.root / "backup" / receiver))
    write_json(home.root / "backup-places.json", known)
    opened(home).backup.prepare()
    return number
