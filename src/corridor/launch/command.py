"""The `corridor` command: a PostgreSQL to talk to, the settings, then Django's management command of that name."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from corridor.launch.faults import CannotStart
from corridor.launch.lineage import ENDINGS
from corridor.launch.places import default_var, make_folder

WITHOUT_DATABASE = {"help", "version", "--help", "-h", "--version", "makemessages", "compilemessages"}
USAGE = """usage: corridor COMMAND [options]

  serve      start everything and serve the pages (the whole of `make run`)
  prepare    bring database, translations and static files up to date without serving
  work       do the jobs that wait in the database
  load       load organisations, starter or sample data
  unload     take sample data away again
  export     write records to files
  find       look through the directory for entries that are probably one organisation
  reindex    bring the search index up to date
  calibrate  compute the language means from the parallel sample
  evaluate   measure retrieval, matching and speed
  appoint    give an office, until the installation is opened
  invite     send a sealed invitation to a ministry, until the installation is opened
  open       open the installation: from then on members give offices, and the operator none
  doctor     say what is wrong with this installation and how to mend it

`corridor COMMAND --help` tells more; every other management command of Django works as well."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; the exit code tells how it went."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words in (["help"], ["--help"], ["-h"]):
        print(USAGE)
        sys.exit(0 if words else 2)
    try:
        prepare_settings()
        with _terminable(), _database(words):
            _manage(words)
    except CannotStart as error:
        sys.exit(str(error))


def prepare_settings() -> None:
    """Name the folder of this user and, where nothing is configured at all, choose development mode."""
    environment = os.environ
    environment.setdefault("DJANGO_SETTINGS_MODULE", "corridor.settings")
    environment.setdefault("CORRIDOR_VAR", str(default_var()))
    if not environment.get("CORRIDOR_DATABASE_URL") and not environment.get("CORRIDOR_SECRET_KEY"):
        environment.setdefault("CORRIDOR_DEVELOPMENT", "true")
        environment.setdefault("CORRIDOR_SAMPLE_WITHOUT_SECOND_FACTOR", "true")
    make_folder(Path(environment["CORRIDOR_VAR"]), 0o711 if os.geteuid() == 0 else 0o700)


@contextmanager
def _database(words: list[str]) -> Iterator[None]:
    """The embedded PostgreSQL for commands that need one, unless the operator names their own."""
    if os.environ.get("CORRIDOR_DATABASE_URL") or WITHOUT_DATABASE & set(words):
        yield
        return
    from corridor.launch.postgres import running  # psycopg and psutil load only when they are needed

    with running(Path(os.environ["CORRIDOR_VAR"])) as urls:
        os.environ.update(urls.environment())
        yield


@contextmanager
def _terminable() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal end a command in the same way: once, and in good order."""
    numbers = [number for number in ENDINGS if signal.getsignal(number) is not signal.SIG_IGN]

    def leave(number: int, frame: FrameType | None) -> None:
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _manage(words: list[str]) -> None:
    from django.core.management import execute_from_command_line  # reads the settings, which are ready only now

    execute_from_command_line(["corridor", *words])


if __name__ == "__main__":
    main()
