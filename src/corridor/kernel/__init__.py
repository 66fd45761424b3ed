"""Kernel: users, the offices people hold, events, verdicts and states; every other room stands on it."""
