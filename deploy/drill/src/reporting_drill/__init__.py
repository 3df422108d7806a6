"""Drills: a stack is broken under load, brought back, and what was lost is counted."""
