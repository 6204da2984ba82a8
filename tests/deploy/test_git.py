"""A branch of a real repository, bare, on this machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssg.config import Destination
from ssg.faults import Halt
from tests.deploy.contract import Contract, Host, Paper


def git(*arguments: str | Path, cwd: Path) -> str:
    """What git prints; nobody's settings are read."""
    quiet = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    done = subprocess.run(
        ["git", "-c", "user.name=Noor", "-c", "user.email=noor@tidal.example", *arguments],
        cwd=cwd,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@dataclass
class Branch:
    """A repository, and somebody with a checkout of it."""

    bare: Path
    checkout: Path

    @property
    def destination(self) -> Destination:
        return Destination("pages", f"git:{self.bare}#pages")

    def commits(self) -> list[str]:
        return git("log", "--format=%s", "pages", cwd=self.bare).splitlines()

    def clone(self) -> Path:
        if not self.checkout.exists():
            git("clone", "-q", self.bare, self.checkout, cwd=self.bare)
        git("fetch", "-q", "origin", cwd=self.checkout)
        git("checkout", "-q", "-B", "pages", "origin/pages", cwd=self.checkout)
        return self.checkout

    def served(self) -> dict[str, bytes]:
        top = self.clone()
        files = (path for path in top.rglob("*") if path.is_file())
        found = {path.relative_to(top).as_posix(): path.read_bytes() for path in files}
        own = (".git/", ".ssg/", ".nojekyll")
        return {path: data for path, data in found.items() if not path.startswith(own)}

    def put(self, path: str, data: bytes) -> None:
        file = self.clone() / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        git("add", "-f", path, cwd=self.checkout)
        git("commit", "-q", "-m", f"Put {path} there by hand", cwd=self.checkout)
        git("push", "-q", "origin", "pages", cwd=self.checkout)

    def edit_record(self) -> None:
        record = self.clone() / ".ssg/record.json"
        text = record.read_text(encoding="utf-8").replace("tide/index", "edit/index")
        self.put(".ssg/record.json", text.encode())


class TestBranch(Contract):
    @pytest.fixture
    def host(self, tmp_path: Path, require: Callable[[str], Path]) -> Host:
        require("git")
        bare = tmp_path / "pages.git"
        bare.mkdir()
        git("init", "-q", "--bare", cwd=bare)
        return Branch(bare, tmp_path / "checkout")

    def test_a_release_is_one_commit(self, paper: Paper, host: Branch) -> None:
        """And one that changes nothing is none."""
        first = paper.deploy().release
        paper.deploy()
        paper.write("Ebb")
        second = paper.deploy().release
        assert host.commits() == [f"Publish {second}", f"Publish {first}"]

    def test_what_the_host_wants_to_have_there_stays(self, paper: Paper, host: Branch) -> None:
        """A host name set on GitHub is a file of the branch; no generator runs over the site."""
        paper.deploy()
        host.put("CNAME", b"tidal.example\n")
        paper.write("Ebb")
        paper.deploy()
        assert host.served()["CNAME"] == b"tidal.example\n"
        assert (host.clone() / ".nojekyll").exists()

    def test_a_branch_that_went_on_is_not_overwritten(self, paper: Paper, host: Branch) -> None:
        """What was pushed in the middle of a deploy is there afterwards, and the deploy says so."""
        paper.deploy()
        paper.write("Ebb")

        def push(sent: int, of: int) -> None:
            if sent == 1:
                host.put("notes.txt", b"abc")

        with pytest.raises(Halt) as halt:
            paper.deploy(progress=push)
        assert [fault.code for fault in halt.value.faults] == ["E868"]
        assert host.served()["notes.txt"] == b"abc"
        paper.deploy()
        assert host.served() == {**paper.room.output(), "notes.txt": b"abc"}

    def test_what_a_killed_git_left_is_in_nobodys_way(self, paper: Paper, host: Branch) -> None:
        """Locks in the repository of ours, or one that was only begun."""
        here = paper.room.folder / ".ssg/release/git/pages"
        here.mkdir(parents=True)
        paper.deploy()
        for name in ("refs/ssg/live.lock", "shallow.lock", "index-1", "index-1.lock"):
            (here / name).write_bytes(b"")
        paper.write("Ebb")
        paper.deploy()
        assert host.served() == paper.room.output()

    def test_a_remote_of_the_site_is_known_by_its_name(self, paper: Paper, host: Branch) -> None:
        """The site's own repository says where it is; its files and branches stay as they are."""
        site = paper.room.folder
        git("init", "-q", "-b", "main", cwd=site)
        git("remote", "add", "origin", host.bare, cwd=site)
        before = git("status", "--porcelain", cwd=site)
        paper.destination = Destination("pages", "git:origin#pages")
        paper.deploy()
        assert host.served() == paper.room.output()
        assert git("status", "--porcelain", cwd=site) == before
        assert git("branch", "--list", cwd=site) == ""

    def test_a_repository_that_is_not_there(self, paper: Paper, tmp_path: Path) -> None:
        """Is told with git's reason."""
        paper.destination = Destination("pages", f"git:{tmp_path / 'nowhere.git'}")
        assert paper.faults() == ["E859"]
