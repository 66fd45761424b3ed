"""Starts an installation and keeps it running: the only room that knows processes, ports and folders."""
