"""Every use case of the catalog, as entrypoints see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.clock import Clock
from kit.directory.records import Directory

from catalog.application.calendars import CalendarKeeper
from catalog.application.catalogue_ports import ReadTable, SeedEntry, WriteStructures, WriteTable
from catalog.application.commands.allocate import Allocating
from catalog.application.commands.bind_indicators import BindIndicatorsHandler
from catalog.application.commands.design_form import DesignFormHandler
from catalog.application.commands.follow_units import UnitFollower
from catalog.application.commands.import_indicators import ImportIndicatorsHandler
from catalog.application.commands.keep_entries import KeepEntriesHandler
from catalog.application.commands.keep_feeds import FeedKeeper
from catalog.application.commands.keep_indicators import IndicatorKeeper
from catalog.application.commands.keep_library import Library
from catalog.application.commands.keep_papers import PaperKeeper
from catalog.application.commands.keep_regime import RegimeKeeper
from catalog.application.commands.keep_sets import KeepSetsHandler
from catalog.application.commands.register_form import FormRegistrar
from catalog.application.commands.set_calendar import SetCalendarHandler
from catalog.application.commands.take_version import TakeVersionHandler
from catalog.application.commands.upload_form import UploadFormHandler
from catalog.application.commands.warn_announcements import AnnouncementWarner
from catalog.application.entries import EntryKeeper
from catalog.application.ports import (
    DocumentReader,
    Files,
    OpenUnitOfWork,
    PackageSeal,
    Profiles,
    SeedYear,
    WorkbookReader,
    WriteFeed,
)
from catalog.application.queries.after_publishing import AfterPublishing
from catalog.application.queries.convert_text import ConvertText
from catalog.application.queries.look_up import LookUp
from catalog.application.queries.look_up_indicators import LookUpIndicators
from catalog.application.queries.public_list import PublicList
from catalog.application.queries.registrations import Registrations
from catalog.application.queries.schedules import Schedules
from catalog.application.queries.trials import Trials
from catalog.application.queries.unit_deadlines import DeadlinesOfUnit
from catalog.application.queries.versions import Versions
from catalog.application.queries.working_days import WorkingDays
from catalog.application.reading_ports import IndicatorReading, Reading
from catalog.application.unit_choice import UnitChooser
from catalog.application.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class Tables:
    """How tables and structures are read and written."""

    read: ReadTable
    write_xlsx: WriteTable
    write_csv: WriteTable
    write_structures: WriteStructures


@dataclass(frozen=True, slots=True)
class CatalogApp:
    upload: UploadFormHandler
    design: DesignFormHandler
    regimes: RegimeKeeper
    take_version: TakeVersionHandler
    set_calendar: SetCalendarHandler
    feeds: FeedKeeper
    unit_deadlines: DeadlinesOfUnit
    write_feed: WriteFeed
    schedules: Schedules
    working_days: WorkingDays
    look_up: LookUp
    trials: Trials
    convert_text: ConvertText
    keep_entries: KeepEntriesHandler
    indicators: IndicatorKeeper
    import_indicators: ImportIndicatorsHandler
    bind_indicators: BindIndicatorsHandler
    keep_sets: KeepSetsHandler
    allocating: Allocating
    look_up_indicators: LookUpIndicators
    papers: PaperKeeper
    after_publishing: AfterPublishing
    registrar: FormRegistrar
    registrations: Registrations
    versions: Versions
    library: Library
    public_list: PublicList
    follow_units: UnitFollower
    warn_announcements: AnnouncementWarner
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
        documents: DocumentReader,
        seed_year: SeedYear,
        write_feed: WriteFeed,
        indicator_reading: IndicatorReading,
        seed_entries: Sequence[SeedEntry],
        tables: Tables,
        clock: Clock,
        make_id: Callable[[], UUID],
        seal: PackageSeal,
    ) -> CatalogApp:
        whereabouts = Whereabouts(directory, profiles, clock)
        calendars = CalendarKeeper(open_unit_of_work, seed_year)
        look_up = LookUp(
            open_unit_of_work, whereabouts, reading, files, documents, calendars, indicator_reading
        )
        entries = EntryKeeper(open_unit_of_work, seed_entries, clock, make_id)
        chooser = UnitChooser(directory, clock)
        registrar = FormRegistrar(open_unit_of_work, whereabouts, files, workbooks, clock, make_id)
        after = AfterPublishing(open_unit_of_work, whereabouts, chooser, calendars, look_up, clock)
        return cls(
            upload=UploadFormHandler(open_unit_of_work, whereabouts, files, workbooks, clock, make_id),
            design=DesignFormHandler(open_unit_of_work, whereabouts, clock),
            regimes=RegimeKeeper(open_unit_of_work, whereabouts, chooser, calendars, clock, make_id),
            take_version=TakeVersionHandler(open_unit_of_work, whereabouts, clock),
            set_calendar=SetCalendarHandler(open_unit_of_work, whereabouts, calendars, clock),
            feeds=FeedKeeper(open_unit_of_work, whereabouts, clock, make_id),
            unit_deadlines=DeadlinesOfUnit(open_unit_of_work, whereabouts, calendars, clock),
            write_feed=write_feed,
            schedules=Schedules(open_unit_of_work, whereabouts, calendars, clock),
            working_days=WorkingDays(whereabouts, calendars),
            look_up=look_up,
            trials=Trials(open_unit_of_work, look_up),
            convert_text=ConvertText(whereabouts, workbooks, documents),
            keep_entries=KeepEntriesHandler(open_unit_of_work, whereabouts, entries, clock, make_id),
            indicators=IndicatorKeeper(open_unit_of_work, whereabouts, entries, clock, make_id),
            import_indicators=ImportIndicatorsHandler(
                open_unit_of_work, whereabouts, entries, tables.read, clock, make_id
            ),
            bind_indicators=BindIndicatorsHandler(open_unit_of_work, whereabouts, clock),
            keep_sets=KeepSetsHandler(open_unit_of_work, whereabouts, clock, make_id),
            allocating=Allocating(open_unit_of_work, whereabouts, clock),
            look_up_indicators=LookUpIndicators(
                open_unit_of_work,
                whereabouts,
                indicator_reading,
                entries,
                tables.write_xlsx,
                tables.write_csv,
                tables.write_structures,
            ),
            papers=PaperKeeper(open_unit_of_work, whereabouts, files, clock, make_id),
            after_publishing=after,
            registrar=registrar,
            registrations=Registrations(open_unit_of_work, whereabouts, registrar, files),
            versions=Versions(look_up),
            library=Library(open_unit_of_work, whereabouts, look_up, files, workbooks, seal, clock, make_id),
            public_list=PublicList(reading, directory, after),
            follow_units=UnitFollower(open_unit_of_work, reading, directory, clock),
            warn_announcements=AnnouncementWarner(open_unit_of_work, reading, whereabouts, calendars, clock),
            reading=reading,
            clock=clock,
        )
