"""Plain Python of the kernel: verdicts and identifiers."""
