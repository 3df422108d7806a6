"""REST for people and programs: what every route gets without asking."""

from kit.http.app import create_app
from kit.http.dependencies import Caller, IfMatch, Page, application
from kit.http.overview import FoundOut, TaskOut
from kit.http.problems import Problem

__all__ = ["Caller", "FoundOut", "IfMatch", "Page", "Problem", "TaskOut", "application", "create_app"]
