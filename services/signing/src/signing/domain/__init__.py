"""Rules of signing: no database, no network, no clock."""
