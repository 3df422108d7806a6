"""Continuous backup in two places, and the way back."""
