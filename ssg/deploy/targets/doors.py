"""Doors: which adapter serves a destination, told by the scheme of its URL.

Adapters are loaded when they are asked for. A destination may name a site's own one as
`package.module:factory`, which is given the destination and the site's folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from ssg.config import Destination
from ssg.deploy.targets import Target
from ssg.faults import Fault, Halt, did_you_mean

#: How the name of a file ends that a release is packed into.
ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tgz")

_DOTTED = re.compile(r"\w+(\.\w+)+")

Door = Callable[[Destination, Path], Target]


def open_target(destination: Destination, site: Path) -> Target:
    """The target that a destination names. Raises `Halt` where none can be made of it."""
    scheme, colon, rest = destination.url.partition(":")
    door = _DOORS.get(scheme.lower()) if colon else None
    if door is None and _DOTTED.fullmatch(scheme) and rest.isidentifier():
        door = _own(scheme, rest)
    if door is None:
        known = ", ".join(f"{name}:" for name in _DOORS)
        hint = did_you_mean(scheme, _DOORS) or f"it begins with one of {known}"
        message = f'nothing can be published to "{destination.url}"'
        raise Halt((Fault("E856", message, None, hint),))
    return door(destination, site)


def _own(module: str, name: str) -> Door:
    """An adapter of the site's own. Raises `Halt` where there is none."""
    try:
        door = getattr(import_module(module), name)
    except Exception as error:  # noqa: BLE001 - whatever somebody else's module does
        message = f'"{module}:{name}" cannot be used: {type(error).__name__}: {error}'
        hint = "is it installed where ssg is, and is it a function of a destination and a folder?"
        raise Halt((Fault("E856", message, None, hint),)) from None
    return cast("Door", door)


def _folder(destination: Destination, site: Path) -> Target:
    from ssg.deploy.targets.folder import folder_target

    place = local_path(destination.url, site)
    _refuse_site(place, site)
    if place.name.endswith(ARCHIVES):
        from ssg.deploy.targets.archive import Archive

        return Archive(place)
    return folder_target(place, switch=destination.switch)


def _git(destination: Destination, site: Path) -> Target:
    from ssg.deploy.targets.git import git_target

    return git_target(destination, site)


def _ssh(destination: Destination, site: Path) -> Target:
    from ssg.deploy.targets.ssh import ssh_target

    return ssh_target(destination, site)


def _bucket(destination: Destination, _: Path) -> Target:
    from ssg.deploy.targets.buckets import bucket_target

    return bucket_target(destination)


def _ftp(destination: Destination, _: Path) -> Target:
    from ssg.deploy.targets.ftp import ftp_target

    return ftp_target(destination)


#: By scheme, in the order in which people are told of them.
_DOORS: Final[dict[str, Door]] = {
    "file": _folder,
    "git": _git,
    "ssh": _ssh,
    "sftp": _ssh,
    "s3": _bucket,
    "gs": _bucket,
    "az": _bucket,
    "ftps": _ftp,
    "ftp": _ftp,
}


def local_path(url: str, site: Path) -> Path:
    """The path that `file:…` names; one that is not absolute begins in the site's folder."""
    path = url.partition(":")[2]
    if path.startswith("//"):
        path = "/" + path.lstrip("/")
    if not path.strip("/"):
        message = f'"{url}" names no folder'
        raise Halt((Fault("E856", message, None, "such as file:/srv/www/paper"),))
    place = Path(os.path.normpath(site / Path(path).expanduser()))
    return place.parent.resolve() / place.name


def _refuse_site(place: Path, site: Path) -> None:
    """Raises `Halt` where publishing would meet the site's own files."""
    top = site.resolve()
    inside = ("content", "themes", "output", ".ssg", ".git")
    if top.is_relative_to(place) or any(place.is_relative_to(top / name) for name in inside):
        message = f"{place} is the site or a part of it"
        raise Halt((Fault("E856", message, None, "name a folder of its own"),))
