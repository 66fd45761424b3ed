"""Matching: needs, offers and partner searches, and who fits whom."""
