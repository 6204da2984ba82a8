"""`git:` – a branch that a host publishes: GitHub, GitLab, Codeberg pages and their like.

`git:REPOSITORY#BRANCH`, where REPOSITORY is a remote of the site's own repository (`origin`), a
path or a URL, and BRANCH is `gh-pages` unless it is named. A release is one commit, made of plain
objects in a bare repository of ours: the site's files, index and branches are never touched. Its
settings are read, so that whoever may push from there may deploy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ssg.build.manifest import Entry
from ssg.config import Destination
from ssg.deploy.locks import is_dead, read_holder, taken, this_process, write_holder
from ssg.deploy.release import read_record
from ssg.deploy.snapshot import FOLDER
from ssg.deploy.targets import Shipment, Tell
from ssg.digest import digest_bytes
from ssg.faults import Fault, Halt

_BRANCH: Final = "gh-pages"
_RECORD: Final = ".ssg/record.json"
#: Without it GitHub runs a generator of its own over what is already made.
_NO_GENERATOR: Final = ".nojekyll"
_OWN: Final = frozenset({_RECORD, _NO_GENERATOR})
_LOCK: Final = "refs/ssg/lock"
_WENT_ON: Final = ("fetch first", "non-fast-forward", "[rejected]", "cannot lock ref")
_NEWEST: Final = 3
_TREE_ENTRY: Final = 4

#: A file in a tree: its mode, and its object.
Item = tuple[str, str]


@dataclass(slots=True)
class GitBranch:
    """A branch of a repository elsewhere. What was fetched is looked at until the lock is taken."""

    repository: str
    branch: str
    site: Path
    name: str
    keep: int
    can_switch: bool = True
    can_list: bool = True
    _fetched: bool = field(default=False, init=False)

    @property
    def shown(self) -> str:
        return f"git:{self.repository}#{self.branch}"

    # --- the repository here ---------------------------------------------------------------

    @property
    def _here(self) -> Path:
        return self.site / FOLDER / "git" / self.name

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self.branch}"

    def _git(self, *arguments: str, data: bytes = b"", index: Path | None = None) -> bytes:
        """What git prints. Raises `_Refused` with what it says when it fails."""
        program = shutil.which("git")
        if program is None:
            hint = "install git (https://git-scm.com/), then run the same command again"
            raise Halt((Fault("E869", "git is not installed", None, hint),))
        if not (self._here / "HEAD").exists():
            self._here.mkdir(parents=True, exist_ok=True)
            self._run(
                [program, "init", "--quiet", "--template=", "--bare", str(self._here)], b"", {}
            )
        theirs = self._config_of_site(program)
        included = ["-c", f"include.path={theirs}"] if theirs else []
        here = [f"--git-dir={self._here}", *included, "-c", "core.bare=true", "-c", "gc.auto=0"]
        more = {"GIT_INDEX_FILE": str(index)} if index else {}
        return self._run([program, *here, *arguments], data, more)

    def _run(self, command: list[str], data: bytes, more: Mapping[str, str]) -> bytes:
        own = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
        quiet = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        done = subprocess.run(  # noqa: S603 - git, with arguments of ours
            command, input=data, env={**own, **quiet, **more}, capture_output=True, check=False
        )
        if done.returncode:
            raise _Refused(done.stderr.decode(errors="replace").strip())
        return done.stdout

    def _config_of_site(self, program: str) -> str | None:
        with suppress(_Refused):
            command = [program, "-C", str(self.site), "rev-parse", "--git-common-dir"]
            found = self._run(command, b"", {}).decode().strip()
            return str((self.site / found).resolve() / "config")
        return None

    def _tip(self) -> str | None:
        """The newest commit of the branch, fetched. None: there is no such branch yet."""
        if not self._fetched:
            self._fetch()
            self._fetched = True
        with suppress(_Refused):
            return self._git("rev-parse", "--verify", "--quiet", _LIVE).decode().strip()
        return None

    def _fetch(self) -> None:
        depth = f"--depth={self.keep + _NEWEST}"
        try:
            there = self._git("ls-remote", self.repository, self._ref)
            if there:
                fetched = f"+{self._ref}:{_LIVE}"
                self._git("fetch", "--quiet", "--no-tags", depth, self.repository, fetched)
            else:
                self._git("update-ref", "-d", _LIVE)
        except _Refused as refused:
            raise Halt((self._failed(refused),)) from None

    def _tree(self, commit: str | None) -> dict[str, Item]:
        """Every file of a commit."""
        if commit is None:
            return {}
        rows = self._git("ls-tree", "-r", "-z", commit).decode().split("\0")
        parted = (row.partition("\t") for row in rows if row)
        return {path: (about.split()[0], about.split()[2]) for about, _, path in parted}

    def _commit(self, files: Mapping[str, Item], message: str, parent: str | None) -> str:
        """A commit of exactly these files."""
        index = self._here / f"index-{os.getpid()}"
        index.unlink(missing_ok=True)
        rows = "".join(f"{mode} {blob}\t{path}\0" for path, (mode, blob) in files.items())
        self._git("update-index", "-z", "--index-info", data=rows.encode(), index=index)
        tree = self._git("write-tree", index=index).decode().strip()
        index.unlink(missing_ok=True)
        parents = ["-p", parent] if parent else []
        made = self._git(*self._author(), "commit-tree", tree, *parents, "-m", message)
        return made.decode().strip()

    def _author(self) -> list[str]:
        """Whoever git takes them for; somebody where it knows nobody, as on a build server."""
        try:
            self._git("var", "GIT_COMMITTER_IDENT")
        except _Refused:
            return ["-c", "user.name=ssg", "-c", "user.email=ssg@localhost"]
        return []

    def _blob(self, data: bytes) -> Item:
        return "100644", self._git("hash-object", "-w", "--stdin", data=data).decode().strip()

    def _push(self, commit: str) -> None:
        """Makes a commit the newest of the branch. A branch that went on elsewhere stays."""
        try:
            self._git("push", "--quiet", self.repository, f"{commit}:{self._ref}")
        except _Refused as refused:
            if any(word in refused.words for word in _WENT_ON):
                raise Halt((self._moved_on(),)) from None
            raise Halt((self._failed(refused),)) from None
        self._git("update-ref", _LIVE, commit)

    # --- the lock --------------------------------------------------------------------------

    @contextmanager
    def lock(self, *, broken: bool = False) -> Iterator[None]:
        """A reference on the other side, made only where there is none. Where a host allows no such
        reference there is no lock, and the second push is refused.
        """
        mine = self._lock_commit()
        has_it = self._set_lock(mine, "") or self._take_over(mine, broken=broken)
        self._fetched = False
        self._sweep()
        try:
            yield
        finally:
            if has_it:
                self._set_lock("", mine)

    def _sweep(self) -> None:
        """Removes what a killed process left in the repository here; nobody else works in it."""
        for left in (*self._here.rglob("*.lock"), *self._here.glob("index-*")):
            left.unlink(missing_ok=True)

    def _lock_commit(self) -> str:
        text = write_holder(this_process()).decode()
        return self._commit({_NO_GENERATOR: self._blob(b"")}, text, None)

    def _set_lock(self, new: str, old: str) -> bool:
        """Exchanges the lock for another, if it still is the one that was seen."""
        seen = f"--force-with-lease={_LOCK}:{old}"
        try:
            self._git("push", "--quiet", seen, self.repository, f"{new}:{_LOCK}")
        except _Refused:
            return False
        return True

    def _take_over(self, mine: str, *, broken: bool) -> bool:
        """Takes the lock of a dead holder. False: there is no lock that one could have."""
        try:
            self._git("fetch", "--quiet", "--depth=1", self.repository, f"+{_LOCK}:{_LOCK}")
        except _Refused as refused:
            if "couldn't find remote ref" in refused.words:
                return self._set_lock(mine, "")
            raise Halt((self._failed(refused),)) from None
        old = self._git("rev-parse", _LOCK).decode().strip()
        holder = read_holder(self._git("log", "-1", "--format=%B", old))
        if not (broken or is_dead(holder)) or not self._set_lock(mine, old):
            raise Halt((taken(holder, self.shown),))
        return True

    # --- what is live ----------------------------------------------------------------------

    def record(self) -> bytes | None:
        return self._record_of(self._tip())

    def _record_of(self, commit: str | None) -> bytes | None:
        if commit is None:
            return None
        try:
            return self._git("cat-file", "blob", f"{commit}:{_RECORD}")
        except _Refused:
            return None

    def listing(self) -> Mapping[str, int]:
        tip = self._tip()
        if tip is None:
            return {}
        rows = self._git("ls-tree", "-r", "-l", "-z", tip).decode().split("\0")
        parted = (row.partition("\t") for row in rows if row)
        found = {path: about.split() for about, _, path in parted}
        return {
            path: int(about[3]) if about[3].isdigit() else 0
            for path, about in found.items()
            if path not in _OWN and len(about) == _TREE_ENTRY
        }

    def adopt(self) -> None:
        """Nothing stands in the way here: every file is taken for itself."""

    def publish(self, shipment: Shipment, tell: Tell) -> None:
        parent = self._tip()
        files = self._tree(parent)
        for path in (*shipment.first, *shipment.removed):
            files.pop(path, None)
        parcels = [parcel for group in shipment.groups for parcel in group]
        paths = "".join(f"{parcel.file}\n" for parcel in parcels)
        stdin = ("hash-object", "-w", "--no-filters", "--stdin-paths")
        blobs = self._git(*stdin, data=os.fsencode(paths)).decode().split()
        for parcel, blob in zip(parcels, blobs, strict=True):
            files[parcel.path] = ("100644", blob)
            tell(parcel.path)
        files[_RECORD] = self._blob(shipment.record)
        files.setdefault(_NO_GENERATOR, self._blob(b""))
        self._push(self._commit(files, f"Publish {shipment.id}", parent))

    # --- what was live ---------------------------------------------------------------------

    def history(self) -> Mapping[str, bytes]:
        return {name: record for name, (_, record) in self._releases().items()}

    def _releases(self) -> dict[str, tuple[str, bytes]]:
        """Commit and record of the newest releases, by id."""
        tip = self._tip()
        commits = self._git("rev-list", "--first-parent", tip).decode().split() if tip else []
        found: dict[str, tuple[str, bytes]] = {}
        for commit in commits:
            record = self._record_of(commit)
            release = read_record(record) if record else None
            if record and release and len(found) < self.keep:
                found.setdefault(release.id, (commit, record))
        return found

    def differing(self, release: str, files: Mapping[str, Entry]) -> tuple[str, ...]:
        commit, _ = self._releases()[release]
        tree = self._tree(commit)
        there = {path: tree[path][1] for path in files if path in tree}
        digests = self._digests(list(there.values()))
        return tuple(
            path
            for path, entry in files.items()
            if path not in there or digests[there[path]] != entry.digest
        )

    def _digests(self, blobs: list[str]) -> dict[str, str]:
        """The digest of each object's bytes, by its name; each is read."""
        asked = "".join(f"{blob}\n" for blob in blobs).encode()
        printed = memoryview(self._git("cat-file", "--batch", data=asked))
        found, at = {}, 0
        for blob in blobs:
            end = at + bytes(printed[at : at + 200]).index(b"\n")
            size = int(bytes(printed[at:end]).split()[2])
            found[blob] = digest_bytes(bytes(printed[end + 1 : end + 1 + size]))
            at = end + size + 2
        return found

    def switch_back(self, release: str, record: bytes, kept: Collection[str]) -> None:
        commit, _ = self._releases()[release]
        tip = self._tip()
        live, files = self._tree(tip), self._tree(commit)
        files |= {path: live[path] for path in kept if path in live and path not in files}
        files[_RECORD] = self._blob(record)
        self._push(self._commit(files, f"Go back to {release}", tip))

    def forget(self, releases: Collection[str]) -> None:
        """The branch is its own history, of which no more than `keep` releases are looked at."""

    # --- what went wrong ---------------------------------------------------------------------

    def _failed(self, refused: _Refused) -> Fault:
        reason = refused.words.splitlines()[-1] if refused.words else "it gave no reason"
        hint = "can you push to it by hand? Then run the same command again"
        return Fault("E859", f"git could not reach {self.shown}: {reason}", None, hint)

    def _moved_on(self) -> Fault:
        message = f"{self.shown} went on while this release was made"
        hint = "somebody else published there; run the same command again, on top of that"
        return Fault("E868", message, None, hint)


class _Refused(Exception):  # noqa: N818 - what git said
    """git failed, with these words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


_LIVE: Final = "refs/ssg/live"

#: What git sets for the programs it runs: deploying from a hook must not see another repository.
_OF_A_HOOK: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


def git_target(destination: Destination, site: Path) -> GitBranch:
    """The target that `git:…` names."""
    where, _, branch = destination.url.partition(":")[2].partition("#")
    if not where or where.startswith("-") or branch.startswith("-"):
        hint = "such as git:origin, or git:git@codeberg.org:paper/pages.git#pages"
        raise Halt((Fault("E856", f'"{destination.url}" names no repository', None, hint),))
    local = site / Path(where).expanduser()
    where = str(local.resolve()) if "/" in where and local.exists() else where
    return GitBranch(where, branch or _BRANCH, site, destination.name, destination.keep)
