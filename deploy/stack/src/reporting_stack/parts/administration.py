"""A door of their own for administrators: another port of the gateway, open to the addresses named alone.

On with ADMIN_ADDRESSES=10.20.0.0/24,10.20.1.7/32; off with ADMIN_ADDRESSES=none; without either it stays as
it was. While it is on, the public door refuses what is administration.
"""

from __future__ import annotations

import ipaddress
import os

from reporting_stack.files import read_json, write_json
from reporting_stack.gateway import Address, Door
from reporting_stack.layout import Home, StackError
from reporting_stack.ports import Ports

VARIABLE = "ADMIN_ADDRESSES"


def remember(home: Home) -> None:
    """Keeps what the variable says, so that a restart of the gateway alone doesn't forget it."""
    said = os.environ.get(VARIABLE)
    if said is None:
        return
    addresses = [] if said == "none" else [one.strip() for one in said.split(",")]
    try:
        networks = [str(ipaddress.ip_network(one)) for one in addresses]
    except ValueError as error:
        raise StackError(f"{VARIABLE}: {error}") from None
    write_json(home.data / "administration.json", networks)


def door(home: Home, ports: Ports) -> Door | None:
    addresses = read_json(home.data / "administration.json", [])
    if not addresses:
        return None
    url = f"http://localhost:{ports.administration}"
    return Door("administration", url, Address("127.0.0.1", ports.administration), tuple(addresses))
