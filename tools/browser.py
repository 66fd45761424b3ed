"""Finds a Chromium for the journeys, and installs one where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
APT = ("chromium", "fonts-noto-core", "fonts-noto-cjk")
NONE = (
    "No Chromium was found or could be installed, so the browser journeys are skipped.\n"
    "Install one:  sudo apt-get install chromium fonts-noto-core fonts-noto-cjk   or   "
    ".venv/bin/playwright install --with-deps chromium\nor name one:  CHROMIUM=/path/to/chrome make test"
)


def find_chromium() -> Path | None:
    """The browser named by CHROMIUM, else one on PATH, else Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return _program(Path(shutil.which(named) or named))
    on_path = (shutil.which(name) for name in NAMES)
    candidates = [*(Path(path) for path in on_path if path), MAC, _playwrights_own()]
    return next((found for candidate in candidates if candidate and (found := _program(candidate))), None)


def install_chromium() -> None:
    """As root on Debian with apt (fonts too), else with Playwright; failing is no error here."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _try(["apt-get", "update", "-qq"], environment)
        _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *APT], environment)
    if not find_chromium():
        _try([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright  # only here: the other ways need no Playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _program(path: Path) -> Path | None:
    return path if path.is_file() and os.access(path, os.X_OK) else None


def _try(command: list[str], environment: dict[str, str]) -> None:
    try:
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=900, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)


def main() -> None:
    """Print the path of a Chromium, or why there is none."""
    if not find_chromium() and not os.environ.get("CHROMIUM"):
        print("Installing Chromium for the browser journeys ...", file=sys.stderr, flush=True)
        install_chromium()
    found = find_chromium()
    print(found or NONE, file=sys.stdout if found else sys.stderr)


if __name__ == "__main__":
    main()
