"""Dashboards: `boards/` says what is shown, `grafana` makes Grafana's JSON of it, `pictures` draws it."""
