"""Whom the embedded PostgreSQL runs as: the caller, or `nobody` where the caller is root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corridor.launch.faults import CannotStart
from corridor.launch.lineage import hears_signals


@dataclass(frozen=True)
class ServerUser:
    """The identity of the server's processes; `name` is empty where it is the caller's own."""

    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str | Path], *, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a command as this user, out of reach of the terminal's Ctrl-C and of the caller's PG* variables."""
        return subprocess.run(
            command,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=seconds,
            start_new_session=True,
            check=False,
            umask=0o077,
            preexec_fn=hears_signals,
            user=self.uid if self.name else None,
            group=self.gid if self.name else None,
            extra_groups=[] if self.name else None,
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether every folder on the way lets this user through: asked of the system, not guessed from modes."""
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]).returncode == 0

    def can_run(self, program: Path) -> bool:
        """Whether this user may start the program."""
        try:
            return self.run([program, "--version"]).returncode == 0
        except OSError:
            return False

    def own(self, path: Path) -> None:
        """Give a new file or folder to this user."""
        if self.name:
            os.chown(path, self.uid, self.gid)


def server_user() -> ServerUser:
    """PostgreSQL refuses to run as root, so root lends it the account that owns nothing."""
    if os.geteuid() != 0:
        return ServerUser("", os.geteuid(), os.getegid())
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise CannotStart(
            "PostgreSQL does not run as root and this system has no account `nobody`.\n"
            "Start Corridor as an ordinary user, or set CORRIDOR_DATABASE_URL to a PostgreSQL of your own."
        ) from None
    return ServerUser(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)
