"""Who acts: an account, or a named system job with only its job's rights."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """`address` is the remote address, `channel` the road taken: portal, program or system."""

    account_id: UUID | None
    system: str | None = None
    address: str | None = None
    channel: str = "system"

    def __post_init__(self) -> None:
        if (self.account_id is None) == (self.system is None):
            raise ValueError("an actor is either an account or a system job")

    @classmethod
    def system_job(cls, name: str) -> Actor:
        return cls(account_id=None, system=name)

    @classmethod
    def account(cls, account_id: UUID, *, address: str | None = None, channel: str = "portal") -> Actor:
        return cls(account_id=account_id, address=address, channel=channel)

    @classmethod
    def parse(cls, on_behalf_of: str, *, address: str | None = None) -> Actor:
        """Reads the `on_behalf_of` claim: an account id, or `system:<job>`."""
        if on_behalf_of.startswith("system:"):
            return cls(account_id=None, system=on_behalf_of[len("system:") :], address=address)
        return cls(account_id=UUID(on_behalf_of), address=address, channel="program")

    def __str__(self) -> str:
        return str(self.account_id) if self.account_id else f"system:{self.system}"
