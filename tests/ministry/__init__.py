"""The sign-in service of an invented ministry: django-allauth's OpenID Connect provider, in a process and a database of its own."""
