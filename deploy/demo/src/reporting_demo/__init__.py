"""The demo province, seeded through the public API as a program of the province would."""
