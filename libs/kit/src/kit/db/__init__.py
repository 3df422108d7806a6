"""PostgreSQL: the tables kit adds to each service, sessions, the unit of work, migrations."""

from kit.db.engine import Database
from kit.db.tables import KIT, KitTables, service_metadata
from kit.db.unit_of_work import SqlUnitOfWork

__all__ = ["KIT", "Database", "KitTables", "SqlUnitOfWork", "service_metadata"]
