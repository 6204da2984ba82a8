"""What Pelican does not do by itself: the stories before and after one, and pages by source."""

from __future__ import annotations

from functools import partial
from typing import Any

from pelican import signals


def register() -> None:
    """Pelican calls this."""
    signals.article_generator_finalized.connect(arrange)
    signals.article_writer_finalized.connect(write_sources)


def arrange(generator: Any) -> None:
    """Gives each story its neighbours and its source; the newest come first."""
    stories = generator.articles
    sources: dict[str, list[Any]] = {}
    for place, story in enumerate(stories):
        story.before = stories[place + 1] if place + 1 < len(stories) else None
        story.after = stories[place - 1] if place else None
        sources.setdefault(story.source, []).append(story)
        story.source_url_here = f"sources/{slug(story.source)}/"
    generator.sources = sources
    generator.context["sources"] = [(name, slug(name)) for name in sorted(sources)]


def write_sources(generator: Any, writer: Any) -> None:
    """A list for each source, and one of all of them."""
    write = partial(writer.write_file, context=generator.context)
    for name, stories in generator.sources.items():
        place = f"sources/{slug(name)}/"
        write(
            f"{place}index.html",
            generator.get_template("source"),
            source=name,
            articles=stories,
            paginated={"articles": stories, "dates": stories},
            template_name="source",
            url=place,
        )
    write("sources/index.html", generator.get_template("sources"), url="sources/")


def slug(name: str) -> str:
    """A name in an address."""
    return name.lower().replace(" ", "-")
