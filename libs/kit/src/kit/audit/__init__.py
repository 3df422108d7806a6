"""Who did what to which thing: chained, sealed, and provable afterwards."""

from kit.audit.record import AuditCollector, AuditEntry

__all__ = ["AuditCollector", "AuditEntry"]
