"""`python -m tests.ministry.serve`: makes its tables and one client, says its address, and answers until its input ends."""

import os
import sys
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from tests.ministry.process import CLIENT


class Server(ThreadingMixIn, WSGIServer):
    """Answers several at once: while somebody waits for their browser, the site fetches their token."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def main() -> None:
    """Serve."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.ministry.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    from allauth.idp.oidc.models import Client

    client = Client(
        id=CLIENT["client_id"],
        name="Corridor",
        scopes="openid\nprofile\nemail",
        redirect_uris=sys.argv[1],
        skip_consent=True,
    )
    client.set_secret(CLIENT["secret"])
    client.save()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
