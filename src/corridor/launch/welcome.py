"""What a newcomer reads when the site is ready."""


def welcome(address: str, *, seconds: float) -> str:
    """Address, sign-ins of the sample and how to stop, as plain text."""
    lines = ["", f"Corridor is ready after {seconds:.1f} s:  {address}", ""]
    return "\n".join([*lines, "Ctrl-C stops everything.", ""])
