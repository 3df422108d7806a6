"""Plumbing without a business word: everything a service needs around its domain."""
