"""Articles as newsrooms send them, put together at random: known paragraphs in any dress.

What an article is made of is known here, so that a law can say what has to come out of it.
Every paragraph holds a number of its own: none is like another, and a lost one is missed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import codepoint2name
from itertools import pairwise
from typing import Final

from hypothesis import assume
from hypothesis import strategies as st

Draw = st.DrawFn

#: Sentences of each language, with room for a number that tells paragraphs apart.
SENTENCES: Final = {
    "en": (
        "The harbour master counted {n} boats on the morning of the storm, and one of them twice.",
        "“Nobody here is against the tide,” said the mayor of ward {n}, who had brought a chair.",
        "It cost £{n} to mend the pier & nobody has said who paid for the rope.",
        "By noon all {n} chairs were taken, by people who had come to see who would come.",
        "Source or no source, the {n} wells of the upper valley were dry again by the weekend.",
        "The vote was close: {n} to 4, with one paper on which somebody had drawn a fish.",
    ),
    "es": (
        "El intendente contó {n} barcos en la mañana de la tormenta, y uno de ellos dos veces.",
        "“Aquí nadie está contra la marea”, dijo la alcaldesa del barrio {n}, que trajo su silla.",
        "Por la tarde quedaban {n} cajas en el muelle y ninguna persona que supiera de quién eran.",
    ),
    "de": (
        "Der Hafenmeister zählte am Morgen des Sturms {n} Boote, und eines davon zweimal.",
        "„Niemand hier ist gegen die Flut“, sagte die Bürgermeisterin des Viertels {n} am Steg.",
        "Von den {n} Stühlen war am Mittag keiner mehr frei, weil alle sehen wollten, wer kommt.",
    ),
    "ru": (
        "Начальник порта насчитал утром после шторма {n} лодок, причём одну из них дважды.",
        "«Здесь никто не против прилива», сказала глава района {n}, которая принесла с собой стул.",
        "К полудню на причале оставалось {n} ящиков, и никто не знал, чьи они и что в них.",
    ),
    "ar": (
        "أحصى مدير الميناء {n} قاربًا صباح العاصفة، وعدّ واحدًا منها مرتين أمام الجميع.",
        "وقالت رئيسة الحي {n} إن أحدًا هنا ليس ضد المد، وكانت قد أحضرت معها كرسيًا.",
    ),
    "zh": (
        "风暴过后的早晨，港务员一共数出{n}条船，其中有一条他数了两遍，谁也没有说破。",
        "“这里没有人反对潮水。”第{n}区的负责人说，她来的时候自己带了一把椅子。",
    ),
}


@dataclass(frozen=True, slots=True)
class Article:
    """The parts of an article and the text that was made of them."""

    lang: str
    title: str | None
    date: str | None
    author: str | None
    source: str | None
    paragraphs: tuple[str, ...]
    text: str


@st.composite
def paragraphs(draw: Draw, lang: str) -> tuple[str, ...]:
    """Three to nine paragraphs of two to four sentences."""
    counts = draw(st.lists(st.integers(2, 4), min_size=3, max_size=9))
    return tuple(
        (" " if lang != "zh" else "").join(
            draw(st.sampled_from(SENTENCES[lang])).format(n=100 * number + turn)
            for turn in range(count)
        )
        for number, count in enumerate(counts, 1)
    )


@dataclass(frozen=True, slots=True)
class Customs:
    """How newsrooms of a language print what stands round an article."""

    headlines: tuple[str, ...]
    authors: tuple[str, ...]
    bylines: tuple[str, ...]
    dates: tuple[str, ...]
    sources: tuple[str, ...]
    papers: tuple[str, ...]
    bio: str
    furniture: tuple[str, ...]


#: All dates say the same day.
DAY: Final = "2022-03-14"
CUSTOMS: Final = {
    "en": Customs(
        headlines=(
            "Ferry to Saint Orban sails again",
            "Why the clock of Lower Wick is late",
            "“We counted them twice”: the harbour in figures",
        ),
        authors=("Ada Quill", "Bo Lindqvist-Reyes"),
        bylines=("By {}", "by {}", "Written by {}", "BY {}", "By\n{}"),
        dates=("March 14, 2022", "14 March 2022", "Published: 2022-03-14", "Monday, 14 March 2022"),
        sources=("Source: {}", "SOURCE: {}", "With inputs from {}", "(Source: {})"),
        papers=("Skerry Wire", "Harrow Ledger"),
        bio="{} is a reporter who covers harbours and bridges for The Vane.",
        furniture=("Share this:\nFacebook\nTwitter", "Advertisement", "Sign up for our newsletter"),
    ),
    "es": Customs(
        headlines=("El transbordador vuelve a San Orbán", "¿Por qué se retrasa el reloj?"),
        authors=("Inés Quiroga", "Tomás Ibáñez"),
        bylines=("Por {}", "Por: {}", "Texto: {}"),
        dates=("14 de marzo de 2022", "14/03/2022", "Publicado el 14 de marzo de 2022"),
        sources=("Fuente: {}", "Fuente:{}", "Con información de {}"),
        papers=("Diario del Faro", "Agencia Litoral"),
        bio="{} es periodista y escribe sobre puertos y puentes en La Veleta.",
        furniture=("Compartir en Facebook\nCompartir en Twitter", "Publicidad"),
    ),
    "de": Customs(
        headlines=("Fähre nach Sankt Orban fährt wieder", "Warum die Uhr von Unterwick nachgeht"),
        authors=("Ina Quast", "Bodo Lindner"),
        bylines=("Von {}", "von {}", "Text: {}"),
        dates=("14. März 2022", "14.03.2022", "Stand: 14.03.2022, 18:20 Uhr"),
        sources=("Quelle: {}", "Quelle:{}"),
        papers=("Hafenbote", "Küstenblatt"),
        bio="{} ist Journalistin und schreibt für die Wetterfahne über Häfen und Brücken.",
        furniture=("Anzeige", "Artikel teilen"),
    ),
    "ru": Customs(
        headlines=("Паром снова ходит на остров", "Почему отстают часы в Заречье"),
        authors=("Анна Квашнина", "Борис Линдин"),
        bylines=("Автор: {}", "Текст: {}"),
        dates=("14 марта 2022", "14.03.2022", "14 марта 2022, 18:20"),
        sources=("Источник: {}", "Источник: «{}»"),
        papers=("Портовый вестник", "Вести залива"),
        bio="{} — журналист, пишет о портах и мостах для «Флюгера».",
        furniture=("Реклама", "Подписывайтесь на наш Telegram-канал"),
    ),
    "ar": Customs(
        headlines=("العبارة تعود إلى جزيرة الريح", "لماذا تتأخر ساعة الميناء"),
        authors=("سامر القيسي", "ليلى حداد"),
        bylines=("كتب: {}", "بقلم: {}"),
        dates=("14 مارس 2022", "الاثنين 14 مارس 2022", "١٤ مارس ٢٠٢٢"),
        sources=("المصدر: {}",),
        papers=("صحيفة الميناء", "بريد الساحل"),
        bio="{} صحفي يكتب عن الموانئ والجسور في جريدة الريح.",
        furniture=("إعلان",),
    ),
    "zh": Customs(
        headlines=("去往圣岛的渡船重新开航", "下城的钟为什么总是慢"),
        authors=("沈知秋", "林小满"),
        bylines=("记者 {}", "作者：{}", "文/{}"),
        dates=("2022-03-14", "2022年3月14日", "2022年03月14日 18:20"),
        sources=("来源：{}",),
        papers=("河湾晚报", "港口日报"),
        bio="{}是风向标报的记者，长期报道港口和桥梁。",
        furniture=("广告",),
    ),
}


@st.composite
def articles(draw: Draw) -> Article:
    """An article in any language, with any of the parts round it."""
    lang = draw(st.sampled_from(sorted(CUSTOMS)))
    customs = CUSTOMS[lang]
    body = draw(paragraphs(lang))
    title = draw(st.none() | st.sampled_from(customs.headlines))
    author = draw(st.none() | st.sampled_from(customs.authors))
    source = draw(st.none() | st.sampled_from(customs.papers))
    head, tail = [title] if title else [], []
    if author and title and draw(st.booleans()):
        head.append(draw(st.sampled_from(customs.bylines)).format(author))
    elif author:
        tail.append(customs.bio.format(author))
    is_dated = bool(title and draw(st.booleans()))
    if is_dated:
        head.append(draw(st.sampled_from(customs.dates)))
    if source:
        tail.insert(0, draw(st.sampled_from(customs.sources)).format(source))
    if draw(st.booleans()):
        tail.append(draw(st.sampled_from(customs.furniture)))
    text = draw(laid_out(head, body, tail))
    return Article(lang, title, DAY if is_dated else None, author, source, body, text)


@st.composite
def laid_out(draw: Draw, head: list[str], body: tuple[str, ...], tail: list[str]) -> str:
    """The parts in one of the layouts that occur. Scripts without spaces are never broken."""
    edge = ["\n\n".join(part) for part in (head, tail)]
    layout = draw(st.sampled_from(["line", "blank", "wrapped", "indented"]))
    if " " not in body[0]:
        layout = "line" if layout == "wrapped" else "blank" if layout == "indented" else layout
    width = draw(st.integers(58, 78))
    match layout:
        case "line":
            inner = "\n".join(body)
        case "blank":
            inner = "\n\n".join(body)
        case "wrapped":
            inner = "\n\n".join(map(_wrapped(width), body))
        case _:
            inner = "\n".join(map(_wrapped(width, "    "), body))
    assume(layout in {"line", "blank"} or _shows_its_width(inner))
    return "\n\n".join(filter(None, (edge[0], inner, edge[1]))) + "\n"


def _shows_its_width(text: str) -> bool:
    """Whether most breaks are within sentences: else nobody could tell that these are breaks."""
    breaks = [line for line, below in pairwise(text.splitlines()) if line and below]
    return sum(line[-1] not in ".”»“" for line in breaks) * 2 > len(breaks)


def _wrapped(width: int, indent: str = "") -> Callable[[str], str]:
    return textwrap.TextWrapper(
        width, initial_indent=indent, break_long_words=False, break_on_hyphens=False
    ).fill


def _entities(text: str) -> str:
    return "".join(
        f"&{name};" if (name := codepoint2name.get(ord(char))) else char for char in text
    )


def _misread(text: str) -> str:
    """UTF-8 taken for cp1252; the bytes that mean nothing there come through as they are."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in _UNUSED else chr(byte)
        for byte in text.encode()
    )


def _quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


_UNUSED: Final = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))

#: What happens to texts on their way, and can be undone.
DAMAGES: Final[dict[str, Callable[[str], str]]] = {
    "entities": _entities,
    "entities twice": lambda text: _entities(text).replace("&", "&amp;"),
    "misread": _misread,
    "quoted in a mail": _quoted,
    "zero-width spaces": lambda text: text.replace(" ", "\u200b "),
    "blanks at the ends": lambda text: text.replace("\n", "  \n"),
    "tabs on blank lines": lambda text: text.replace("\n\n", "\n\t\n"),
    "many blank lines": lambda text: "\n\n" + text.replace("\n\n", "\n\n\n\n"),
    "an indent throughout": lambda text: textwrap.indent(text, "  "),
}


@st.composite
def saved(draw: Draw, text: str) -> bytes:
    """A text as a file, in one of the encodings that hold it and with any line ends."""
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    encodings = ["utf-8", "utf-8-sig", "utf-16"]
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        pass
    else:
        encodings.append("cp1252")
    return text.encode(draw(st.sampled_from(encodings)))
