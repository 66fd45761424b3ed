"""Plain Python of the directory: reading registers of organisations."""
