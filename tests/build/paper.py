"""A small paper that has one of everything, for tests that look at whole outputs."""

from __future__ import annotations

from tests.build.newsroom import png

TEXT = """\
-- config.toml --
title = "The Tidal Post"
tagline = "All the news that floats"
base_url = "https://tidal.example/news/"
timezone = "Europe/Dublin"
theme = "tide"
page_size = 2
feed_size = 3

[organization]
name = "Tidal Press"
email = "desk@tidal.example"

[[nav]]
title = "About"
url = "/about/"

[extra]
founded = 1901
-- themes/tide/theme.toml --
extends = "base"
-- themes/tide/templates/article.html --
{% extends "base/article.html" %}
{% block end %}
<p class="tide">{% include "parts/tide.html" %}
{% for key, value in view.extra.items() %}{{ key }}: {{ value }} {% endfor %}</p>
{% endblock %}
-- themes/tide/templates/parts/tide.html --
High water at {{ site.title }}, {{ "tide.css" | asset }}
-- themes/tide/assets/tide.css --
@import "colours.css";
body { background: url("sea.svg") }
-- themes/tide/assets/colours.css --
:root { color: navy }
-- themes/tide/assets/sea.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
-- content/home.toml --
[[lead]]
id = "tag:tidal.example,2026:levee"
until = 2026-03-14T00:00:00Z

[[lead]]
id = "tag:tidal.example,2026:crest"

[[follow]]
id = "tag:tidal.example,2026:pier"
-- content/sections/harbour.md --
---
title: Harbour
description: Boats and what they bring
order: 1
---
What happens *between the piers*.
-- content/sections/town.md --
---
title: Town
order: 2
---
-- content/authors/greta.md --
---
name: Greta Vance
role: Reporter
email: greta@tidal.example
photo: {src: /media/greta.png, alt: Greta Vance}
links: [{title: Her site, url: "https://greta.example/"}]
---
Greta covers the [harbour](../sections/harbour.md).
-- content/authors/sam.md --
---
name: Sam Okoro
---
-- content/sources/ambito.md --
---
name: Ambito
url: https://ambito.example/
kind: agency
licence: CC BY 4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
---
A press agency.
-- content/sources/quay.md --
---
name: The Quay
---
-- content/pages/about.md --
---
title: About us
aliases: [/imprint/]
---
# We print

Write to [the desk](mailto:desk@tidal.example).
-- content/articles/2026/03/crest.md --
---
id: tag:tidal.example,2026:crest
title: River crests below forecast
kicker: Floods
standfirst: The levee holds at North Basin
date: 2026-03-10T09:30:00Z
authors: [greta, {author: sam, role: photography}]
sources: [{source: ambito, url: "https://ambito.example/story/1", relation: based-on}]
section: harbour
tags: [floods, North Basin]
series: {name: The long winter, part: 2}
image: {src: ../../../media/levee.png, alt: The levee, caption: At dawn, credit: Sam Okoro}
corrections:
- {date: 2026-03-11, kind: correction, text: The height was wrong.}
aliases: [/2026/03/flood/]
extra: {pull: "It held.", note: 1}
---
It held. See [the pier](pier.md#notes) and ![the map](../../../media/map.png).

| a | b |
|--:|---|
| 1 | 2 |
-- content/articles/2026/03/pier.md --
---
id: tag:tidal.example,2026:pier
title: Pier reopens
date: 2026-03-05
authors: [sam]
sources: [quay]
section: harbour
tags: [Floods]
---
Back to the [crest](crest.md). Look at [the council](/about/).
-- content/articles/2026/02/levee.md --
---
id: tag:tidal.example,2026:levee
title: Levee built
date: 2026-02-20
authors: [greta]
section: harbour
series: {name: The long winter, part: 1}
---
Stone <em>by</em> stone.
-- content/articles/2026/02/market.md --
---
title: Market day
date: 2026-02-14
section: town
kind: opinion
lang: es
---
Pescado.
-- content/articles/2025/12/storm.md --
---
title: Storm warning
date: 2025-12-24
section: town
tags: [weather]
---
Wind.
-- content/articles/2026/04/secret.md --
---
title: Embargoed secret
date: 2026-04-01
section: town
---
Nobody may know.
-- content/root/ads.txt --
none
"""

MEDIA = {
    "content/media/greta.png": png(64, 64),
    "content/media/levee.png": png(640, 480),
    "content/media/map.png": png(320, 200),
}

#: The feeds that hold the body of the newest story.
FULL_FEEDS = {
    f"{place}{name}"
    for place in ("", "sections/harbour/")
    for name in ("feed.xml", "atom.xml", "feed.json")
}


def paper() -> dict[str, str | bytes]:
    """The paper's files."""
    from tests.build.newsroom import unpack

    return {**unpack(TEXT), **MEDIA}
