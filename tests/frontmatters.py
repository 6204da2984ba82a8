"""Front matter of every kind, to hold the quick way of reading it to the thorough one."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

SITE = Path(__file__).resolve().parent.parent

WORDS = """no yes on off ~ null Null true False TRUE 0 -0 7 -7 007 0x1F 0o17 1_000 1e3 1.10 1.5 -.5
.5 12:30 2026-03-01 2026-03-01T09:30:00Z 2026-03-01T09:30:00+01:00 2026-03-29T01:30 2026-10-25
= << <b --- ... - ? : # & * ! | > % @ ` [ ] { } , ' " a:b a: :a #a a#b ---a a--- -a a- it's
harbour ada-quill https://a.example/b?c=d#e mailto:a@b.example /a/ news based-on data person
1234567890123456789 01:02:03 0.1 10.00 y n Y . .. a,b a[0] {a} [a] [a,b] 'a' "a" 'a''b' 'a "a
"a"b "a\\"b" 'a'b &x *x !x !!int %a a%"""
PHRASES = [
    "", " ", "Ferry returns", "a: b", "a #b", "a # b", " a", "a ", "a  b", "- a", "? a", ": a",
    "a :b", "a : b", "it is 12:30: late", "a\n  b", "'a: b'", '"a: b"', '"a # b"', "'it''s'",
    "“curled” – dashes…", "قارب", "ميناء: ب", "潮。", "a\xa0b", "\xa0",
    "a:\xa0b", "a\u2028b", "a\x85b",
    "\u2029", "a\u200cb", "\ufeff", "a\tb", "\ta", "a\t", "a\t# b", "a\r", "\x07",
    "\x7f", "\U0001f389",
    "\ufffd", "\ue000", "|", ">-", "|\n  a\n  b", "&x a", "*x", "!t a", "!!str a", "a, b",
    "[a, b]", "[a, 'b, c', \"d\"]", "[ a , b ]", "[a, ]", "[,]", "[]", "[ ]", "{}", "[a", "a]",
    "[a: b]", "[a b, c: d]", "[[a], b]", "[{a: b}]", "{author: sam, role: photography}",
    "{source: wire, url: https://a.example/1, relation: cited}", "{a: 1, a: 2}", "{a}", "{a: }",
    "{a:b}", "{a: b,}", "{'a': b}", "[a, {author: bo, role: data}]", "[a] # b", "[a]b", '"a" b',
    "[12:30, 1.10, no, ~]", "[https://a.example/b, /c/]", "[a #b]", "[a?b, c]", "[a\n, b]",
    '[""]', "['']", "[-a]", "[- a]", "[&x a]", "[*x]", "[a:, b]", "[::]", '["a":b]', "[a:1]",
    "x" * 1100, f"[{'x' * 1100}]", "[[[[[[a]]]]]]",
]  # fmt: skip

scalars = st.sampled_from([*WORDS.split(), *PHRASES]) | st.text(max_size=8)
quoted = scalars.map(lambda text: f'"{text}"') | scalars.map(lambda text: f"'{text}'")
in_brackets = st.lists(scalars | quoted, max_size=3).map(lambda items: f"[{', '.join(items)}]")
values = scalars | quoted | in_brackets
blanks = st.sampled_from(["", " ", "  ", "  ", "    ", "\t"])
KEYS = """id title kicker standfirst slug date updated expires draft authors sources section tags
series image lang canonical_url licence aliases corrections kind dateline ingest extra name role
beat email links photo url licence_url credit_line indexing description order author source relation
src alt caption credit text raw digest guessed part titel a 1 A-b "q" on"""
keys = st.sampled_from(KEYS.split())
pairs = st.builds(
    lambda key, gap, value: f"{key}:{gap}{value}",
    keys,
    st.sampled_from([" ", " ", " ", "", "  "]),
    values,
)
lines = st.one_of(
    pairs,
    pairs,
    st.builds(lambda gap, pair: f"{gap}{pair}", blanks, pairs),
    st.builds(lambda gap, item: f"{gap}- {item}", blanks, values | pairs),
    keys.map(lambda key: f"{key}:"),
    st.sampled_from(["", "  ", "# remark", "  # remark", "-", "---", "--- ", "...", "%YAML 1.1"]),
    scalars,
)
blocks = st.lists(lines, min_size=1, max_size=7).map("\n".join)


def real_files() -> list[Path]:
    """The articles, authors and other documents of the sample site."""
    return sorted(path for path in (SITE / "content").rglob("*.md") if "inbox" not in path.parts)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """A path of the sample site and its text, cut, doubled or mixed in a few places."""
    path = draw(st.sampled_from(real_files()))
    text = path.read_text("utf-8")
    end = text.index("\n---", 3) + 5
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, end))
        length = draw(st.integers(0, 12))
        piece = draw(
            st.sampled_from(
                ["", "\n", " ", ": ", " #", "'", '"', "- ", "\n- ", "\n  ", "\n\n", "\t"]
            )
            | scalars
            | lines.map(lambda line: f"\n{line}\n")
            | st.just(text[start : start + length])
        )
        text = text[:start] + piece + text[start + length * draw(st.booleans()) :]
    return path.relative_to(SITE).as_posix(), text
