"""Healthy prose in several languages, invented, each text with something that looks like a slip."""

from __future__ import annotations

from typing import Final

#: The language of each text, the day of its article, and the text.
TEXTS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "en",
        "2026-03-03",
        """\
PORTOSAL, 2 March – The mayor said that that was all she had had in mind. What it was is is unclear.

“It is a long bridge,” she said. “We knew that.

“We also knew that it was 12 metres too short,” she went on, “and so did ‘everybody else’.

“And we said so.”

The plank was 6" wide and 5' 10" long. "We measured it," said a man who gave her her coat back.

They moved in in May, went on on Tuesday, and came to on a bench. On Monday, 2 March 2026, and on
Friday, March 6, the road is closed; so it was on Thursday, 5 November, and on Saturday 28 February.

The XXX Corps is not named here, nor is TKTKs; Super Bowl XXX was long ago, TK Maxx is a shop, XXL a
size, and `TK` and `XXX` and `the the` are code, as is https://example.org/TK/XXX.

- "One," said the first
- two "of them" said nothing
- and [the](https://example.org/the) the-atre.

```
"never closed, the the, TK, XXX
#### no heading
```

> “A block quotation that is
> closed on its next line,” it said.

## A heading

### Another below it

#### One more

## And up again
""",
    ),
    (
        "en",
        "2026-01-01",
        """\
HALLAY, 31 December – Nobody slept. On Wednesday, 31 December, the year ended; on Thursday,
January 1, 2026, another began. In 1969 it was on Monday, 21 July, that they came back.
""",
    ),
    (
        "de",
        "2026-03-03",
        """\
Die, die die Brücke kennen, sagten: „Wir haben sie gebaut.“ Was das das Amt kostet, weiß keiner;
sie sie selbst fragen zu lassen, half nichts. Die TK zahlt, das sagte die TK auch.

„Das ist ‚unser‘ Steg“, sagte er, »und so bleibt es«. Am Dienstag, den 3. März 2026, und am Montag,
2. März, war zu. Am 31. 12. war offen.

„Wir warten“, sagte sie. „Wir warten

„und wir warten noch“, sagte er.
""",
    ),
    (
        "fr",
        "2026-03-03",
        """\
Nous nous sommes dit : « Vous vous trompez. » Mardi 3 mars 2026, et lundi 2 mars, c’était fermé.
Le dimanche 1er mars aussi.

« C’est long,

« mais c’est beau », dit-elle. Il y a 6 ans, un « pont » n’était qu’un « mot ».
""",
    ),
    (
        "es",
        "2026-03-03",
        """\
«No, no», dijo. El martes 3 de marzo de 2026 y el lunes 2 de marzo estuvo cerrado.
“Todo todo todo”, dijo ella, «“así”». ¿Qué que no? TODO el mundo lo sabe.
""",
    ),
    ("pt", "2026-03-03", "Na terça-feira, 3 de março de 2026, disse: “Não, não, não.” Foi-se."),
    ("it", "2026-03-03", "Martedì 3 marzo 2026 disse: «Piano piano, così così.» E poi poi nulla."),
    (
        "nl",
        "2026-03-03",
        "Op dinsdag 3 maart 2026 vroeg hij of het het weer was. ‘Nee’, zei ze, “nee”.",
    ),
    (
        "sv",
        "2026-03-03",
        "Tisdagen den 3 mars 2026 sade hon: ”Det är så så.” ”Ja”, sade han, ”så är det”.",
    ),
    ("pl", "2026-03-03", "We wtorek, 3 marca 2026, powiedział: „Tak, tak”. „Nie”, odparła, „nie”."),
    (
        "ru",
        "2026-03-03",
        "Во вторник, 3 марта 2026 года, она сказала: «Еле-еле, чуть чуть». И ушла.",
    ),
    ("uk", "2026-03-03", "У вівторок, 3 березня 2026, сказав: «Так-так». І пішов."),
    (
        "tr",
        "2026-03-03",
        "3 Mart 2026 Salı günü yavaş yavaş geldi, “tek tek” sordu, güzel güzel gitti.",
    ),
    (
        "id",
        "2026-03-03",
        "Pada Selasa, 3 Maret 2026, anak anak itu datang pelan pelan. “Ya ya,” katanya.",
    ),
    ("vi", "2026-03-03", "Nước xanh xanh, ai ai cũng biết. “Từ từ,” bà nói."),
    (
        "ar",
        "2026-03-03",
        "قال يوم الثلاثاء 3 مارس 2026: «من من هؤلاء؟» ثم قال: “لا لا”. ومشى رويدا رويدا.",
    ),
    ("hi", "2026-03-03", "मंगलवार, 3 मार्च 2026 को उसने कहा: “धीरे धीरे।” फिर वह गया।"),
    (
        "zh",
        "2026-03-03",
        "2026年3月3日（星期二），她说：“慢慢慢慢来。”他说：「看看『那个』。」3月2日星期一关门。",
    ),
    (
        "ja",
        "2026-03-03",
        "2026年3月3日（火曜日）、彼女は「ゆっくりゆっくり」と言った。『橋』は長い。",
    ),
    ("ko", "2026-03-03", "2026년 3월 3일 화요일, 그는 “천천히 천천히”라고 말했다."),
    ("th", "2026-03-03", "วันอังคารที่ 3 มีนาคม เธอพูดว่า “ช้า ๆ ช้า ๆ” แล้วก็ไป"),
    ("he", "2026-03-03", 'ביום שלישי, 3 במרץ 2026, אמרה: "לאט לאט". חז"ל אמרו, וצה"ל יצא.'),
)
