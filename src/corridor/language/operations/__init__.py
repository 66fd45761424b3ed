"""Verbs of the language room."""
