"""Every use case of the catalog, as entrypoints see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kit.clock import Clock
from kit.directory.records import Directory

from catalog.application.calendars import CalendarKeeper
from catalog.application.commands.design_form import DesignFormHandler
from catalog.application.commands.keep_feeds import FeedKeeper
from catalog.application.commands.keep_regime import RegimeKeeper
from catalog.application.commands.set_calendar import SetCalendarHandler
from catalog.application.commands.upload_form import UploadFormHandler
from catalog.application.ports import (
    ConvertDocument,
    Files,
    OpenUnitOfWork,
    Profiles,
    Reading,
    ReadOutline,
    SeedYear,
    WorkbookReader,
    WriteFeed,
)
from catalog.application.queries.convert_text import ConvertText
from catalog.application.queries.look_up import LookUp
from catalog.application.queries.schedules import Schedules
from catalog.application.queries.trials import Trials
from catalog.application.queries.unit_deadlines import DeadlinesOfUnit
from catalog.application.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class CatalogApp:
    upload: UploadFormHandler
    design: DesignFormHandler
    regimes: RegimeKeeper
    set_calendar: SetCalendarHandler
    feeds: FeedKeeper
    unit_deadlines: DeadlinesOfUnit
    write_feed: WriteFeed
    schedules: Schedules
    look_up: LookUp
    trials: Trials
    convert_text: ConvertText
    reading: Reading
    clock: Clock

    @classmethod
    def build(
        cls,
        open_unit_of_work: OpenUnitOfWork,
        *,
        directory: Directory,
        profiles: Profiles,
        files: Files,
        reading: Reading,
        workbooks: WorkbookReader,
        read_outline: ReadOutline,
        convert_document: ConvertDocument,
        seed_year: SeedYear,
        write_feed: WriteFeed,
        clock: Clock,
        make_id: Callable[[], UUID],
    ) -> CatalogApp:
        whereabouts = Whereabouts(directory, profiles, clock)
        calendars = CalendarKeeper(open_unit_of_work, seed_year)
        look_up = LookUp(open_unit_of_work, whereabouts, reading, files, read_outline, calendars)
        return cls(
            upload=UploadFormHandler(open_unit_of_work, whereabouts, files, workbooks, clock, make_id),
            design=DesignFormHandler(open_unit_of_work, whereabouts, clock),
            regimes=RegimeKeeper(open_unit_of_work, whereabouts, calendars, clock, make_id),
            set_calendar=SetCalendarHandler(open_unit_of_work, whereabouts, calendars, clock),
            feeds=FeedKeeper(open_unit_of_work, whereabouts, clock, make_id),
            unit_deadlines=DeadlinesOfUnit(open_unit_of_work, whereabouts, calendars, clock),
            write_feed=write_feed,
            schedules=Schedules(open_unit_of_work, whereabouts, calendars, clock),
            look_up=look_up,
            trials=Trials(open_unit_of_work, look_up),
            convert_text=ConvertText(whereabouts, workbooks, convert_document),
            reading=reading,
            clock=clock,
        )
