"""Whether a request comes from this machine: some pages and sign-ins of development exist only then."""

from ipaddress import ip_address

from django.http import HttpRequest
from django.http.request import split_domain_port

NAMES = ("localhost", "127.0.0.1", "[::1]")
# A proxy on this machine speaks for somebody elsewhere, and says so in one of these.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")


def is_near(request: HttpRequest) -> bool:
    """Asked by a name of this machine, over its own loopback, and not passed on by a proxy.

    The name alone would not do: whoever sends a request chooses the host it names.
    """
    name, _ = split_domain_port(request.get_host())
    return name in NAMES and is_loopback(request.META.get("REMOTE_ADDR", "")) and not was_passed_on(request)


def is_loopback(address: str) -> bool:
    """Whether a network address is this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def was_passed_on(request: HttpRequest) -> bool:
    """Whether a proxy stands between."""
    return any(name in request.headers for name in FORWARDED)
