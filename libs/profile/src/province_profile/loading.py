"""Reads profiles from YAML. A file that breaks the schema, or says a thing twice, stops the start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from kit.errors import NotFound
from pydantic import ValidationError

from province_profile.profile import ProvinceProfile


class ProfileUnreadable(ValueError):
    """The file and what is wrong with it; an operator's mistake, so it stops the start."""


class _StrictLoader(yaml.CSafeLoader):
    """YAML keeps the last of two equal keys without a word; here that is a mistake."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise ProfileUnreadable(f"line {key_node.start_mark.line + 1}: {key} is said twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_profile(path: Path) -> ProvinceProfile:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506
        return ProvinceProfile.model_validate(data)
    except (yaml.YAMLError, ValidationError, ProfileUnreadable) as mistake:
        raise ProfileUnreadable(f"{path.name}: {mistake}") from mistake


class Profiles:
    """Every profile of a folder. A province may have several, told apart by their days of effect."""

    def __init__(self, profiles: Iterable[ProvinceProfile]) -> None:
        self._by_key: dict[str, list[ProvinceProfile]] = {}
        for profile in profiles:
            self._by_key.setdefault(profile.key, []).append(profile)
        for versions in self._by_key.values():
            versions.sort(key=lambda profile: profile.effective_from.day or date.min)

    def __iter__(self) -> Iterator[ProvinceProfile]:
        return (profile for versions in self._by_key.values() for profile in versions)

    def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self._by_key))

    def first(self, key: str) -> ProvinceProfile | None:
        """The earliest profile of that key."""
        return next(iter(self._by_key.get(key, ())), None)

    def for_period(self, key: str, last_day: date) -> ProvinceProfile:
        """Rules tied to a period: the text in force on its last day; before any was, the first one (ours).

        Figures of periods before the text come in when a province joins, and must stay readable by some rule.
        """
        first = self.first(key)
        begins = first.effective_from.day if first else None
        return first if first and begins and last_day < begins else self.in_force_on(key, last_day)

    def in_force_on(self, key: str, day: date) -> ProvinceProfile:
        """Rules not tied to a period: ask with today."""
        versions = self._by_key.get(key)
        if not versions:
            raise NotFound(
                "profile.unknown",
                f"Không có cấu hình theo quy chế mang mã “{key}”.",
                remedy="Kiểm tra mã cấu hình đã gán cho tỉnh.",
            )
        found = [profile for profile in versions if profile.in_force_on(day)]
        if not found:
            raise NotFound(
                "profile.not_in_force",
                f"Ngày {day:%d/%m/%Y} chưa có quy chế nào của {versions[0].name} có hiệu lực.",
                rule=f"{versions[0].regulation.title}, hiệu lực từ {versions[0].effective_from.day:%d/%m/%Y}",
                remedy="Chọn kỳ báo cáo kết thúc từ ngày quy chế có hiệu lực trở đi.",
            )
        return found[-1]


def load_profiles(folder: Path) -> Profiles:
    """Every *.yaml of the folder."""
    return Profiles(load_profile(path) for path in sorted(folder.glob("*.yaml")))
