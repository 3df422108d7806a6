"""`/tasks` and `/search` of identity, in the shape every service answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kit.actor import Actor

from identity.application.ports import Reading
from identity.application.queries.look_up import LookUp
from identity.application.queries.who_am_i import WhoAmI

_FEW = 20
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Overview:
    look_up: LookUp
    reading: Reading
    who_am_i: WhoAmI

    async def tasks(self, actor: Actor) -> list[dict[str, Any]]:
        """What waits for an administrator of the province; nobody else has work here."""
        caller = await self.who_am_i(actor)
        province_id = caller.account.province_id
        if province_id is None or not caller.authority.administers(province_id):
            return []
        tasks = [
            _task(
                f"credential:{waiting['id']}",
                "credential_pending",
                f"Tài khoản {waiting['username']} chờ hệ thống đăng nhập",
                waiting["error"] or "Hệ thống đang tự hoàn tất.",
                "retry",
            )
            for waiting in await self.reading.unsettled_accounts(province_id)
        ]
        names = await self.reading.units_without_admin(province_id, caller.on)
        if names:
            shown = "; ".join(names[:_NAMED]) + ("; …" if len(names) > _NAMED else "")
            tasks.append(
                _task(
                    f"no-admin:{province_id}",
                    "unit_without_admin",
                    f"{len(names)} đơn vị chưa có quản trị đơn vị",
                    shown,
                    "grant",
                )
            )
        return tasks

    async def search(self, actor: Actor, q: str) -> list[dict[str, Any]]:
        if len(q.strip()) < 2:
            return []
        units = await self.look_up.units(actor, q=q, limit=_FEW)
        accounts = await self.look_up.accounts(actor, q=q, limit=_FEW)
        found = [
            {
                "id": str(unit["id"]),
                "kind": "unit",
                "title": unit["name"],
                "detail": unit["code"],
                "link": f"/tai-khoan?don-vi={unit['id']}",
            }
            for unit in units.items
        ]
        found += [
            {
                "id": str(account["id"]),
                "kind": "account",
                "title": account["full_name"],
                "detail": " · ".join(filter(None, (account["position_title"], account["unit_name"]))),
                "link": f"/tai-khoan?tai-khoan={account['id']}",
            }
            for account in accounts.items
        ]
        return found


def _task(task_id: str, kind: str, title: str, detail: str, action: str) -> dict[str, Any]:
    return {
        "id": task_id,
        "kind": kind,
        "title": title,
        "detail": detail,
        "unit": None,
        "period": None,
        "due_at": None,
        "overdue": False,
        "action": action,
        "link": "/tai-khoan",
    }
