"""Makes the Python environment of this checkout from the pinned requirements, and prints its folder.

Standard library only: this runs before anything is installed. Killed at any point, it is completed by the next run.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

from corridor.launch.faults import CannotStart  # noqa: E402
from corridor.launch.lineage import dies_with_parent, make_is_gone, stop_with_parent  # noqa: E402
from corridor.launch.places import belongs_here, own_place  # noqa: E402

STAMP = "corridor-installed.json"
LAUNCHER = '#!/bin/sh\nexec "$(dirname "$0")/python" -P -m corridor.launch.command "$@"\n'


def main(which: str) -> None:
    """Bring the environment up to date and print where it is."""
    folder = environment_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder.parent):
        if not is_ready(folder, which):
            make(folder, which)
    print(folder)


def environment_folder() -> Path:
    """`.venv` for the owner of the checkout; a folder of their own for anybody else."""
    if os.environ.get("CORRIDOR_VENV"):
        return Path(os.environ["CORRIDOR_VENV"])
    folder = CHECKOUT / ".venv"
    return folder if belongs_here(folder, CHECKOUT) else own_place(CHECKOUT) / "venv"


def is_ready(folder: Path, which: str) -> bool:
    """Whether everything pinned is installed, for this Python and this place."""
    try:
        installed = json.loads((folder / STAMP).read_text())
        subprocess.run([folder / "bin" / "python", "-c", "import django, corridor"], check=True, capture_output=True)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False
    return all(installed.get(key) == value for key, value in wanted(which).items())


def wanted(which: str) -> dict[str, str]:
    """What the stamp of a complete environment says."""
    names = ("base",) if which == "base" else ("base", "dev")
    digests = {name: hashlib.sha256(requirements(name).read_bytes()).hexdigest() for name in names}
    return digests | {"python": ".".join(map(str, sys.version_info[:2])), "checkout": str(CHECKOUT)}


def requirements(which: str) -> Path:
    """The lock file of one kind."""
    return CHECKOUT / "requirements" / f"{which}.txt"


def make(folder: Path, which: str) -> None:
    """Install what is pinned, then the `corridor` command, then say so in the stamp: in this order."""
    say(f"Preparing the Python environment in {folder} (once; a few minutes) ...")
    (folder / STAMP).unlink(missing_ok=True)
    python = folder / "bin" / "python"
    if not works(python):
        remake(folder)
    pip = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--require-hashes",
        "--no-warn-script-location",
    ]
    install = run([*pip, "--quiet", "-r", requirements(which)])
    if install:
        raise CannotStart("pip could not install the requirements (its reason is above); run the same command again.")
    link_checkout(folder, python)
    draft = folder / (STAMP + ".half")
    draft.write_text(json.dumps(wanted(which)))
    draft.replace(folder / STAMP)


def works(python: Path) -> bool:
    """Whether the environment has a Python of this version with pip (a system upgrade can take it away)."""
    version = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        return subprocess.run([python, "-c", version], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def remake(folder: Path) -> None:
    """Make an empty environment; an unusable one gives way, a folder that is something else does not."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise CannotStart(
            f"This Python ({sys.executable}) has no venv module.\n"
            f"Install it:  sudo apt-get install python3-venv   (or python3.{sys.version_info[1]}-venv)"
        ) from None
    if (
        folder.exists()
        and any(folder.iterdir())
        and not any((folder / name).exists() for name in ("pyvenv.cfg", "bin"))
    ):
        raise CannotStart(f"{folder} exists and is no Python environment. Move it away, or set CORRIDOR_VENV.")
    shutil.rmtree(folder, ignore_errors=True)
    if run([sys.executable, "-m", "venv", folder]):
        raise CannotStart("python -m venv failed (its reason is above).")


def run(command: list[str | Path]) -> int:
    """Run a command with all that it starts in turn, and end all of it when this process is told to stop."""
    child = subprocess.Popen(
        command,
        stdout=sys.stderr,
        start_new_session=True,
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - no threads here
    )
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return child.wait(timeout=0.5)
            if make_is_gone():
                sys.exit("make was killed; the environment is completed by the next run.")
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise


def link_checkout(folder: Path, python: Path) -> None:
    """Make this checkout importable and put `corridor` beside python.

    By hand, since pip's way of installing a checkout writes into it, and it may be another user's.
    """
    purelib = subprocess.check_output(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    (Path(purelib.strip()) / "corridor-checkout.pth").write_text(f"{CHECKOUT / 'src'}\n")
    command = folder / "bin" / "corridor"
    command.write_text(LAUNCHER)
    command.chmod(0o755)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """`make run` and `make test` started together take turns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def say(text: str) -> None:
    """Tell progress; standard output is for the answer alone."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    stop_with_parent()  # make passes a SIGTERM on to its own child only
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        main(sys.argv[1])
    except CannotStart as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
