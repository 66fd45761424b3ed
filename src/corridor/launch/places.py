"""Where a run may write: the folder of the checkout, or one of the user's own."""

import hashlib
import os
import secrets
from pathlib import Path

from corridor.launch.faults import CannotStart

CHECKOUT = Path(__file__).resolve().parents[3]


def default_var(checkout: Path = CHECKOUT) -> Path:
    """The folder for everything written at run time when CORRIDOR_VAR does not name one.

    `var/` belongs to the owner of the checkout. Anybody else (an ordinary user after root, root in a user's
    checkout) gets a folder of their own, so that nobody leaves files behind that another cannot change.
    """
    var = checkout / "var"
    return var if belongs_here(var, checkout) else own_place(checkout) / "var"


def belongs_here(folder: Path, checkout: Path) -> bool:
    """Whether this user owns that folder of the checkout, or may make it in a checkout of their own."""
    return _mine(folder if folder.exists() else checkout)


def own_place(checkout: Path) -> Path:
    """A folder for this user and this checkout outside the checkout."""
    name = "corridor-" + hashlib.sha256(os.fsencode(checkout)).hexdigest()[:10]
    if os.geteuid() == 0:
        return Path("/var/lib") / name
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / name


def make_folder(folder: Path, mode: int = 0o700) -> Path:
    """Make a folder with exactly this mode; one that exists keeps the mode it has."""
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        folder.chmod(mode)
    except OSError as error:
        if not folder.is_dir():  # else somebody else made it meanwhile
            raise CannotStart(
                f"Cannot make the folder {folder} ({error.strerror}).\n"
                "Set CORRIDOR_VAR to a folder that this user may write to."
            ) from error
    return folder


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    draft = path.with_name(path.name + "." + secrets.token_hex(4))
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def identity(folder: Path) -> str:
    """A short name of this folder that no other folder and no later folder of the same path shares."""
    path = folder / "identity"
    if not path.exists():
        write_secret(path, secrets.token_hex(5))
    return path.read_text()


def _mine(path: Path) -> bool:
    return path.stat().st_uid == os.geteuid() and os.access(path, os.W_OK)
