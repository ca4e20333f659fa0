"""Files and folders that nobody but the user can have put anything into.

What is loaded without being looked at, such as compiled code, or kept secret, may only lie in such places: otherwise
another user of the machine could have the user run what it likes. Systems without owners of files (Windows) give every
user folders that are theirs alone; there nothing is checked.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

__all__ = ["holds_only_own", "is_own", "own_folder", "user_cache", "why_not_private"]

#: Permission of anybody but the owner to write.
OTHERS = stat.S_IWGRP | stat.S_IWOTH
#: The administrator, who can do all of this anyway.
ROOT = 0


def user_cache() -> Path | None:
    """Return the project's folder in $XDG_CACHE_HOME, else in ~/.cache; None where there is no home."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        return (base if base.is_absolute() else Path.home() / ".cache") / "first-mover"
    except RuntimeError:  # neither HOME nor an entry in the list of users
        return None


def own_folder(folder: Path) -> Path:
    """Return a folder that only the user can write into; it is made where there is none.

    Parameters
    ----------
    folder : Path
        Links on the way to it are followed, and the place they lead to is checked.

    Returns
    -------
    Path
        The same place without links, so that nobody can lead the way to it elsewhere later on.

    Raises
    ------
    OSError
        When it cannot be made or written, or somebody else could write into it or put another in its place.
    """
    folder = folder.absolute()
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    real = folder.resolve(strict=True)
    if not real.is_dir():
        raise NotADirectoryError(f"{real} is not a folder")
    if why := why_not_private(real):
        raise PermissionError(why)
    if not os.access(real, os.W_OK | os.X_OK):
        raise PermissionError(f"{real} cannot be written")
    return real


def why_not_private(folder: Path) -> str:
    """Say why others could write into a folder or put another in its place; nothing when they cannot.

    Parameters
    ----------
    folder : Path
        A folder that is there, as an absolute path without links.
    """
    if not _owners_are_known():
        return ""
    own = folder.stat()
    if own.st_uid != os.geteuid():
        return f"{folder} belongs to another user"
    if own.st_mode & OTHERS:
        return f"others can write into {folder}"
    for parent in folder.parents:
        found = parent.stat()
        if found.st_uid not in (os.geteuid(), ROOT):
            return f"{parent} belongs to another user"
        if found.st_mode & OTHERS and not (found.st_mode & stat.S_ISVTX or _only_own_group(found)):
            return f"others can write into {parent}"
    return ""


def holds_only_own(folder: Path) -> bool:
    """Whether :func:`is_own` holds of all that lies in a folder of the user's."""
    return all(is_own(path, folder) for path in folder.rglob("*"))


def is_own(path: Path, within: Path) -> bool:
    """Whether something is the user's own, nobody else can write it, and it is no link to another place.

    Parameters
    ----------
    path : Path
        A file or folder; when there is none it is not the user's.
    within : Path
        The folder of the user's in which it lies. Where nobody else can enter that, nobody else can write in it.
    """
    try:
        found = path.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode):
        return False
    if not _owners_are_known():
        return True
    closed = not within.stat().st_mode & 0o077
    return found.st_uid == os.geteuid() and (closed or not found.st_mode & OTHERS)


def _owners_are_known() -> bool:
    return hasattr(os, "geteuid")


def _only_own_group(found: os.stat_result) -> bool:
    """Whether only a group may write that is the user's alone, as many systems give one of their name to every user."""
    if found.st_mode & stat.S_IWOTH:
        return False
    import grp  # not on all systems
    import pwd

    try:
        user, group = pwd.getpwuid(os.geteuid()), grp.getgrgid(found.st_gid)
    except KeyError:
        return False
    return group.gr_name == user.pw_name and user.pw_gid == found.st_gid and set(group.gr_mem) <= {user.pw_name}
