"""`ssg watch` over a site in a process of its own, for tests that feed it with files."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Thread

from tests.build.newsroom import NOW, Newsroom

REPOSITORY = Path(__file__).resolve().parents[2]

#: A busy machine is slow; only what never happens takes this long, in seconds.
DEADLINE = 60

#: A file that becomes an output and concerns no page.
MARKER = "content/root/marker.txt"

#: The options of a site in which time stands still.
FIXED = ("--now", NOW.isoformat())

_BUILD = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}  (?P<said>.*)")


def environment() -> dict[str, str]:
    """The checkout's code, an English terminal, and no clock but the one that is named."""
    kept = {k: v for k, v in os.environ.items() if k not in {"SOURCE_DATE_EPOCH", "NO_COLOR"}}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "LC_ALL": "C.UTF-8"}


class Watched:
    """A running `ssg watch`: what it prints, line by line, on either stream."""

    def __init__(self, site: Newsroom, options: tuple[str, ...]) -> None:
        self.site = site
        self.options = tuple(option for option in options if option != "--poll")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ssg", "watch", *options],
            cwd=site.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed: list[str] = []
        self.read = 0
        self._more = Condition()
        self._marks = 0
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._more:
                self.printed.append(line.rstrip("\n"))
                self._more.notify_all()

    def line(self, text: str = "") -> str:
        """The next line that says this; those before it count as read."""
        while True:
            with self._more:
                there = self._more.wait_for(lambda: len(self.printed) > self.read, DEADLINE)
                assert there, f"nobody said {text!r}: {self.printed}"
                found = self.printed[self.read]
                self.read += 1
            if text in found:
                return found

    def build(self) -> str:
        """What the next build says of itself, without the time."""
        while not (match := _BUILD.fullmatch(self.line())):
            pass
        return match["said"]

    def rest(self) -> list[str]:
        """The builds that were still to come: those before the one of a marker."""
        self._marks += 1
        self.site.write({MARKER: f"{self._marks}\n"})
        builds: list[str] = []
        while True:
            said = self.build()
            if MARKER in said:
                return builds
            builds.append(said)

    def shows_what_is_there(self) -> None:
        """Waits until the output is what a build of a copy gives that never saw another."""
        self.shows(clean_output(self.site, self.options))

    def shows(self, clean: dict[str, bytes]) -> None:
        """Waits until the output is this."""
        end = time.monotonic() + DEADLINE
        while (output := self._whole_output()) != clean:
            assert time.monotonic() < end, "\n".join(
                (*_differing(output or {}, clean), *self.printed[-20:])
            )
            time.sleep(0.05)

    def _whole_output(self) -> dict[str, bytes] | None:
        """Every file of the output; nothing while a build takes files away under the reader."""
        try:
            return self.site.output()
        except FileNotFoundError:
            return None

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Stops the process meanwhile: what happens reaches it all at once."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def interrupt(self) -> int:
        """Ctrl-C: the status with which it ends."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(DEADLINE)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._listener.join()
        if self.process.stdout:
            self.process.stdout.close()


@contextmanager
def watched(site: Newsroom, *options: str) -> Iterator[Watched]:
    """Watches from the first edit on: what was changed before is built by the first build."""
    running = Watched(site, options)
    try:
        running.line("watching ")
        site.write({MARKER: "0\n"})
        for tries in range(10):
            if MARKER in running.build():
                break
            site.write({MARKER: f"0{tries}\n"})
        yield running
    finally:
        running.close()


def edited(site: Newsroom, path: str, old: str, new: str) -> str:
    """The text of a file with something in it replaced."""
    text = (site.folder / path).read_text("utf-8")
    assert old in text
    return text.replace(old, new)


def edit(site: Newsroom, path: str, old: str, new: str) -> None:
    site.write({path: edited(site, path, old, new)})


def clean_output(site: Newsroom, options: tuple[str, ...]) -> dict[str, bytes]:
    """What `ssg build` makes of a copy."""
    copy = site.folder.with_name("clean")
    shutil.rmtree(copy, ignore_errors=True)
    leave = shutil.ignore_patterns(".ssg", "output", ".git", "__pycache__")
    shutil.copytree(site.folder, copy, symlinks=True, ignore=leave)
    command = [sys.executable, "-m", "ssg", "build", *options]
    done = subprocess.run(
        command, cwd=copy, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Newsroom(copy).output()


def _differing(output: dict[str, bytes], clean: dict[str, bytes]) -> list[str]:
    return sorted(
        path for path in output.keys() | clean.keys() if output.get(path) != clean.get(path)
    )
