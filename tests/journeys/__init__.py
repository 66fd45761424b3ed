"""Whole stories in a real browser. A package, so that its browser and its server end before other tests begin."""
