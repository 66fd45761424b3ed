"""Verbs of matching."""
