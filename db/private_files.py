"""The embedded database is for the user who runs Tideline: its files are made 0600 and its folder 0700."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

FILE: Final = 0o600
FOLDER: Final = 0o700
OTHERS: Final = 0o077
"""The rights of the file's group and of everybody else."""
BESIDE: Final = ("", "-wal", "-shm")
"""What SQLite adds to the file's name for the files beside it; it makes them with the file's own rights."""


def make_folder(folder: Path, file: Path) -> None:
    """Make the database's folder, or close it to others when it holds nothing but the database. OSError if it cannot.

    A folder with other things in it is somebody else's to open or close.
    """
    if not folder.exists():
        folder.mkdir(FOLDER, parents=True)
    elif all(one.name.startswith(file.name) for one in folder.iterdir()):
        _close(folder)


def make_file(file: Path) -> None:
    """Make an empty file that nobody else can read, if there is none. What stands against it, SQLite tells."""
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_RDONLY, FILE))


def close_to_others(file: Path) -> None:
    """Take the rights of others off the database's files, after a restored backup say."""
    for more in BESIDE:
        _close(file.with_name(file.name + more))


def _close(path: Path) -> None:
    with suppress(OSError):  # it is not there, or not ours
        rights = path.stat().st_mode & 0o7777
        if rights & OTHERS:
            path.chmod(rights & ~OTHERS)
