"""Outside subscribers of events: each with a NATS account of its own, given and taken without a restart."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nkeys

from reporting_stack.files import read_json, write_json, write_private
from reporting_stack.layout import StackError
from reporting_stack.parts import nats_jwt as jwt
from reporting_stack.parts.nats import GIB, JETSTREAM, Nats

DISK = GIB // 4
NAME = re.compile(r"[a-z][a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Subscribers:
    nats: Nats

    def file(self, name: str) -> Path:
        return self.nats.folder / "subscribers" / f"{name}.creds"

    @property
    def _seeds(self) -> Path:
        return self.nats.folder / "subscribers.json"

    async def add(self, name: str) -> Path:
        """Gives an outside subscriber an account and a user; the running server learns it at once."""
        self._check(name)
        seeds = read_json(self._seeds, {})
        given = seeds.setdefault(
            name,
            {
                "account": jwt.new_seed(nkeys.PREFIX_BYTE_ACCOUNT),
                "user": jwt.new_seed(nkeys.PREFIX_BYTE_USER),
            },
        )
        write_json(self._seeds, seeds)
        keys = self.nats.keys()
        account, person = jwt.Key(given["account"]), jwt.Key(given["user"])
        subject = f"outside.{name}.>"
        imports = [
            {
                "name": "events",
                "subject": subject,
                "account": jwt.Key(keys["internal"]).public,
                "type": "stream",
            }
        ]
        token = jwt.account(
            account,
            f"outside-{name}",
            jwt.Key(keys["operator"]),
            disk_bytes=DISK,
            imports=imports,
        )
        await self._tell("$SYS.REQ.CLAIMS.UPDATE", token)
        user = jwt.user(person, name, account, publish=[*JETSTREAM], subscribe=["_INBOX.>", subject])
        path = self.file(name)
        write_private(path, jwt.credentials_file(user, person))
        await self._keep_events(name, path, subject)
        return path

    async def remove(self, name: str) -> None:
        """Takes the account away; its connections end now."""
        self._check(name)
        seeds = read_json(self._seeds, {})
        if name not in seeds:
            raise StackError(f"there is no subscriber {name}")
        keys = self.nats.keys()
        operator = jwt.Key(keys["operator"])
        account = jwt.Key(seeds.pop(name)["account"])
        await self._forget_events(account)
        request = jwt.sign({"sub": operator.public, "nats": {"accounts": [account.public]}}, operator)
        await self._tell("$SYS.REQ.CLAIMS.DELETE", request)
        write_json(self._seeds, seeds)
        self.file(name).unlink(missing_ok=True)
        # What is left on the disk would be asked for its account, which is gone, at the next start.
        shutil.rmtree(self.nats.home.data / "nats" / "jetstream" / account.public, ignore_errors=True)

    @staticmethod
    def _check(name: str) -> None:
        if not NAME.fullmatch(name):
            raise StackError(f"subscriber {name!r}: use small letters, digits and '-'")

    async def _tell(self, subject: str, token: str) -> None:
        import nats as bus

        client = await bus.connect(
            self.nats.ports.nats_url,
            user_credentials=str(self.nats.credentials_of("system")),
            connect_timeout=5,
        )
        try:
            answer: dict[str, Any] = json.loads(
                (await client.request(subject, token.encode(), timeout=10)).data
            )
        finally:
            await client.close()
        if "error" in answer:
            raise StackError(f"NATS refused: {answer['error']}")

    async def _keep_events(self, name: str, credentials: Path, subject: str) -> None:
        """A stream in the subscriber's own account: what comes while it is away waits for it."""
        import nats as bus
        from nats.js.api import DiscardPolicy, StorageType, StreamConfig

        client = await bus.connect(
            self.nats.ports.nats_url, user_credentials=str(credentials), connect_timeout=5
        )
        try:
            await client.jetstream().add_stream(
                StreamConfig(
                    name="EVENTS",
                    description=f"Events for {name}",
                    subjects=[subject],
                    storage=StorageType.FILE,
                    max_bytes=DISK,
                    max_age=30 * 86400,
                    discard=DiscardPolicy.OLD,
                )
            )
        finally:
            await client.close()

    async def _forget_events(self, account: jwt.Key) -> None:
        """Removes the subscriber's stream as a user that may do everything in its account, for this moment."""
        import nats as bus
        from nats.js.errors import NotFoundError

        person = jwt.Key(jwt.new_seed(nkeys.PREFIX_BYTE_USER))
        path = self.nats.folder / "subscribers" / "removing.creds"
        write_private(path, jwt.credentials_file(jwt.user(person, "removing", account), person))
        try:
            client = await bus.connect(
                self.nats.ports.nats_url, user_credentials=str(path), connect_timeout=5
            )
            try:
                with contextlib.suppress(NotFoundError):
                    await client.jetstream().delete_stream("EVENTS")
            finally:
                await client.close()
        finally:
            path.unlink()
