"""The site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corridor.settings")
application = get_wsgi_application()

from corridor.language.operations.ready import get_ready_soon  # noqa: E402 - reads the settings, which are ready only now

get_ready_soon()
