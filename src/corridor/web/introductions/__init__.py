"""Introductions: asking, answering, proposing, rooms, and what came of them."""
