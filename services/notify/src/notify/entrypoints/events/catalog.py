"""The catalog's events as notify's reactions take them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kit.bus import Broken, Delivery
from reporting.catalog.v1 import events_pb2 as catalog

from notify.application.reactions.catalog_told import AnnouncementDays, RegistrationStep


def to_registration_step(delivery: Delivery) -> RegistrationStep:
    told = delivery.parse(catalog.FormRegistrationMoved)
    units = {"owner": told.owner_unit_id, "designer": told.designer_unit_id, "lead": told.lead_unit_id}
    next_unit = units.get(told.waits_for)
    try:
        return RegistrationStep(
            event_id=delivery.event_id,
            registration_id=UUID(told.registration_id),
            province_id=UUID(told.province_id),
            form_name=told.form_name,
            owner_unit_id=UUID(told.owner_unit_id),
            next_unit_id=UUID(next_unit) if next_unit else None,
            right=told.right,
            action=told.action,
            reason=told.reason,
            notice_number=told.notice_number,
            actor=told.actor,
            actor_name=told.actor_name,
        )
    except ValueError as error:
        raise Broken(f"nội dung sự kiện không đúng: {error}") from error


def to_announcement_days(delivery: Delivery) -> AnnouncementDays:
    told = delivery.parse(catalog.RegimeAnnouncementDue)
    try:
        return AnnouncementDays(
            event_id=delivery.event_id,
            regime_id=UUID(told.regime_id),
            province_id=UUID(told.province_id),
            regime_name=told.regime_name,
            last_on=date.fromisoformat(told.last_on),
            days_left=told.days_left,
            article=told.article,
        )
    except ValueError as error:
        raise Broken(f"nội dung sự kiện không đúng: {error}") from error
