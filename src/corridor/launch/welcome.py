"""What a newcomer reads when the site is ready."""

from itertools import groupby

from django.conf import settings

from corridor.matching.operations import sample


def welcome(address: str, *, seconds: float) -> str:
    """Address, sign-ins of the sample and how to stop, as plain text."""
    signs = sample_sign_ins() if settings.DEVELOPMENT and sample.is_loaded() else []
    ready = f"Corridor is ready after {seconds:.1f} s:  {address}"
    return "\n".join(["", ready, "", *signs, "Ctrl-C stops everything.", ""])


def sample_sign_ins() -> list[str]:
    """One line for each role, with a person of each country."""
    people = sorted(sample.read("people.json"), key=lambda person: person["role"])
    lines = [f"Sign in with the password  {sample.PASSWORD}  as one of (they exist on this machine only):"]
    for role, holders in groupby(people, key=lambda person: person["role"]):
        addresses = "  ".join(holder["email"] for holder in holders)
        lines.append(f"  {role.replace('_', ' ')}:\n    {addresses}")
    return [*lines, ""]
