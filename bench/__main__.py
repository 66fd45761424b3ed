"""`python -m bench [suite...] [--quick]`: measures, prints tables and writes them into docs/benchmarks.md."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corridor.launch.command import prepare_settings
from corridor.launch.faults import CannotStart
from corridor.launch.postgres import running

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Every suite, or those that are named; one that fails does not keep the others from being measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("suite", nargs="*", help="all, when none is named")
    parser.add_argument("--quick", action="store_true", help="measure every n-th row only, and write no documentation")
    chosen = parser.parse_args()
    with prepared():
        from bench.suites import SUITES  # reads the settings, which are ready only now

        if unknown := [name for name in chosen.suite if name not in SUITES]:
            parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(SUITES)}")
        failed = [name for name in chosen.suite or SUITES if not measured(name, quick=chosen.quick)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


@contextmanager
def prepared() -> Iterator[None]:
    """Django with a database: the embedded one, unless the operator names their own."""
    import django

    prepare_settings()
    try:
        if os.environ.get("CORRIDOR_DATABASE_URL"):
            django.setup()
            yield
            return
        with running(Path(os.environ["CORRIDOR_VAR"])) as urls:
            os.environ.update(urls.environment())
            django.setup()
            yield
    except CannotStart as error:
        sys.exit(str(error))


def measured(name: str, *, quick: bool) -> bool:
    """Measure one suite and tell of it; whether that went well. A suite whose data is not here is skipped, which is well."""
    from django.conf import settings

    from bench import machine, report
    from bench.suites import SUITES

    suite = SUITES[name]
    if (lacking := suite.lacks(settings.BENCH_DATA)) is not None:
        say(f"{name}: skipped, {lacking} is not there (CORRIDOR_BENCH_DATA names the folder).")
        return True
    command = f"python -m bench {name}{' --quick' if quick else ''}"
    on = machine.surroundings(command)
    began = time.monotonic()
    try:
        figures = suite.measure(settings.BENCH_DATA, suite.step if quick else 1)
    except Exception as error:  # the other suites are measured all the same, and the exit code tells
        say(f"{name}: failed: {type(error).__name__}: {error}")
        return False
    seconds = time.monotonic() - began
    told = f"{report.circumstances(on, seconds)}\n\n{suite.tell(figures)}"
    say(f"\n## {name}\n\n{told}\n")
    content = {"circumstances": on, "seconds": round(seconds, 1), "quick": quick, "figures": figures}
    report.write_json(settings.VAR / "bench", f"{name}-quick" if quick else name, content)
    if not quick:
        report.write_page(PAGE, name, told)
    return True


def say(line: str) -> None:
    """Tell on standard output, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
