"""`ssg ingest --review`: goes through what waits for a person, in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ssg.cli.show import show_faults
from ssg.desk.inbox import printable

if TYPE_CHECKING:
    from ssg.config import Config
    from ssg.desk.review import Question, Words

_HELP: Final = (
    "Enter keeps the guess; a number takes a candidate; anything else replaces it "
    "(begin with = to write what would be a command). s skips, q quits."
)
_WITHOUT_WORDS: Final = {"date": "the raw text prints none: it is the time of its file"}
_ADDRESS: Final = slice(len("content/articles/"), len("content/articles/") + 7)


def review(site: Path, config: Config, only: Collection[str | None] | None) -> None:
    """Puts every question and writes each answer at once, so that quitting loses nothing."""
    from ssg.desk.questions import questions

    asked = list(questions(site, config, only))
    settled = 0
    if asked:
        click.echo(_HELP)
    try:
        for number, question in enumerate(asked):
            if not number or question.path != asked[number - 1].path:
                _introduce(question, number + 1, len(asked))
            _lay_out(question)
            settled += _settled(site, question, config)
    except click.Abort:
        click.echo()
    click.echo(_summary(settled, len(asked) - settled))


def _settled(site: Path, question: Question, config: Config) -> bool:
    """Asks until there is an answer that can be written. Raises `click.Abort` to quit."""
    from ssg.desk.answers import answer

    while True:
        said = _asked(question)
        if said == "q":
            raise click.Abort
        if said == "s":
            return False
        text = _meant(said, question)
        faults = answer(site, question, text, config)
        if not faults:
            _advise(question, text)
            return True
        show_faults(faults)


def _asked(question: Question) -> str:
    said: str = click.prompt(f"  {question.field}", default="", show_default=False)
    if not sys.stdin.isatty():
        click.echo(said)  # what comes through a pipe is not seen otherwise
    return said.strip()


def _meant(said: str, question: Question) -> str | None:
    """The value that an answer stands for; None keeps the guess."""
    if not said:
        return None
    if said.isdecimal() and 0 < int(said) <= len(question.candidates):
        return question.candidates[int(said) - 1]
    return said.removeprefix("=").strip()


def _introduce(question: Question, number: int, count: int) -> None:
    click.echo()
    click.secho(printable(question.title), bold=True)
    click.echo(f"{question.path}, from {printable(question.raw)} ({number} of {count})")


def _lay_out(question: Question) -> None:
    click.echo()
    click.echo(f"  {question.field}: {printable(question.value) or 'nothing'}")
    for words in question.words:
        for line in _evidence(words):
            click.echo(f"    {line}")
    if not question.words:
        click.echo(f"    {_WITHOUT_WORDS.get(question.field, 'no words of the raw text say so')}")
    for number, candidate in enumerate(question.candidates, 1):
        click.echo(f"    {number}  {printable(candidate)}")


def _evidence(words: Words) -> Iterable[str]:
    where = f"line {words.line}" if words.line else "the raw text as it was"
    yield f"from {where}, by the rule {words.rule}, {words.confidence:.0%} sure:"
    quoted = click.style(f"[{printable(words.text)}]", bold=True)
    yield f"| {printable(words.before)}{quoted}{printable(words.after)}"


def _advise(question: Question, text: str | None) -> None:
    """The folder tells the date in an article's address, and only a person moves it."""
    folder = question.path[_ADDRESS]
    if question.field == "date" and text and text[:7].replace("-", "/") != folder:
        click.echo(f"    the file stays in {folder}/: move it before it is published, if it should")


def _summary(settled: int, waiting: int) -> str:
    if not settled and not waiting:
        return "nothing waits for a person"
    return f"{settled} settled, {waiting or 'none'} still waiting"
