"""Reading and writing captions, by the W3C’s WebVTT and by the habits of SRT."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officine.lib.captions import (
    Caption,
    editable,
    findings,
    passages,
    read_captions,
    read_clock,
    read_subrip,
    read_webvtt,
    settle_markup,
    text_problems,
    words_of,
    write_subrip,
    write_webvtt,
)
from officine.lib.captions.markup import tree
from officine.lib.captions.settings import settings_of

ONE = "00:00.000 --> 00:01.000\n"


def problems(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.key) for problem in read_webvtt(text).problems]


def texts(text: str) -> list[str]:
    return [caption.text for caption in read_webvtt(text).captions]


# The signature


@pytest.mark.parametrize(
    "text",
    ["WEBVTT", "WEBVTT\n", "\ufeffWEBVTT\n", "WEBVTT and more", "WEBVTT\tand more\n", "WEBVTT\r\n"],
)
def test_a_file_begins_with_its_name(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    ["", "WEBVT", "WEBVTTs", "webvtt\n", " WEBVTT", "\nWEBVTT", "\ufeff\ufeffWEBVTT", "WEBVTT\f\n"],
)
def test_a_file_without_its_name_is_none(text: str) -> None:
    reading = read_webvtt(text + "\n\n" + ONE + "text")

    assert [problem.key for problem in reading.problems][:1] == ["header"]
    assert reading.captions == []


# Lines and blocks


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_ends_a_line(end: str) -> None:
    text = f"WEBVTT\n\nfirst\n{ONE}one\ntwo\n\n00:01.000 --> 00:02.000\nthree".replace("\n", end)

    assert texts(text) == ["one\ntwo", "three"]
    assert problems(text) == []


def test_a_nul_becomes_the_sign_for_what_cannot_be_read() -> None:
    assert texts(f"WEBVTT\n\n{ONE}a\0b") == ["a\ufffdb"]


def test_comments_styles_and_regions_are_set_aside_and_said() -> None:
    reading = read_webvtt(
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:low width:40% lines:3\n"
        "regionanchor:0%,100%\nviewportanchor:10%,90% scroll:up\n\n"
        f"NOTE by Marta\n\nNOTE\nmore\n\n{ONE[:-1]} region:low\ntext\n"
    )

    assert reading.problems == []
    assert [caption.text for caption in reading.captions] == ["text"]
    assert reading.styles == ["::cue { color: red }"]
    assert reading.regions[0]["id"] == "low"
    assert len(reading.notes) == 2
    assert {remark.key for remark in reading.remarks} == {"styles", "regions", "notes"}


def test_styles_after_the_first_cue_come_too_late() -> None:
    assert problems(f"WEBVTT\n\n{ONE}x\n\nSTYLE\n::cue {{}}\n") == [(6, "late")]


def test_a_cue_right_below_the_header_is_read_and_told() -> None:
    text = f"WEBVTT\n{ONE}text"

    assert texts(text) == ["text"]
    assert problems(text) == [(2, "header-arrow")]


def test_a_cue_without_an_empty_line_before_it_is_read_and_told() -> None:
    text = f"WEBVTT\n\n{ONE}one\n00:01.000 --> 00:02.000\ntwo"

    assert texts(text) == ["one", "two"]
    assert problems(text) == [(5, "no-blank")]


def test_an_arrow_inside_a_text_ends_it() -> None:
    text = f"WEBVTT\n\n{ONE}one\na --> b\nlost"

    assert texts(text) == ["one"]
    assert [key for _line, key in problems(text)] == ["arrow", "timing"]


def test_each_arrow_begins_anew_and_only_times_make_a_cue() -> None:
    lines = ["-->", "foo-->", "-->foo", "--->", "-->-->"]
    text = "WEBVTT\n\n" + "".join(f"{line}\n{ONE}text\n" for line in lines) + f"{ONE}text\n"

    assert texts(text) == 6 * ["text"]


def test_names_keep_their_spaces() -> None:
    names = [" before", "after ", "-- >", "->", " ", "\ufffd"]
    text = "WEBVTT\n\n" + "\n\n".join(f"{name}\n{ONE}text" for name in names)

    assert [caption.name for caption in read_webvtt(text).captions] == names


def test_a_file_may_end_anywhere() -> None:
    assert texts(f"WEBVTT\n\n{ONE[:-1]}") == [""]
    assert texts("WEBVTT\n\n00:00.000 -->") == []
    assert texts("WEBVTT\n\nname") == []


def test_each_kind_of_line_end_may_follow_another() -> None:
    ends = ("\r", "\n", "\r\n", "\n\r")
    text = "WEBVTT\n\n" + "".join(f"{ONE[:-1]}{end}text{end}{end}" for end in ends[:3])

    assert texts(text) == 3 * ["text"]
    assert texts(f"WEBVTT\n\nname\n\r{ONE}text") == ["text"]


def test_names_stand_once() -> None:
    text = f"WEBVTT\n\nname\n{ONE}x\n\nname\n00:01.000 --> 00:02.000\ny"

    assert [caption.name for caption in read_webvtt(text).captions] == ["name", "name"]
    assert problems(text) == [(7, "name-again")]


def test_words_without_times_are_told() -> None:
    assert problems("WEBVTT\n\nonly words\nhere\n") == [(3, "no-times")]


def test_every_problem_is_told_at_once_with_its_line() -> None:
    text = (
        "WEBVTT\n\n00:05.000 --> 00:04.000\nback\n\n00:01.000 --> 00:02.000 align:middle\n<x>\n\n"
        "00:00:61.000 --> 00:02.000\nlost\n"
    )

    assert problems(text) == [
        (3, "end-first"),
        (6, "out-of-order"),
        (6, "setting"),
        (7, "tag-unknown"),
        (9, "timing"),
    ]


# Times


@pytest.mark.parametrize(
    ("times", "starts", "ends"),
    [
        ("00:00.000 --> 00:01.000", 0, 1000),
        ("00:00:00.000 --> 59:59.999", 0, 3599999),
        ("100:00:00.001 --> 100:00:01.000", 360000001, 360001000),
        ("00:00.000\t-->\t00:01.000", 0, 1000),
        ("00:00.000-->00:01.000", 0, 1000),
        ("  00:00.000 --> 00:01.000", 0, 1000),
        ("0:00:00.000 --> 0:00:01.000", 0, 1000),
        ("60:00:00.000 --> 61:00:00.000", 216000000, 219600000),
    ],
)
def test_times_are_read_as_browsers_read_them(times: str, starts: int, ends: int) -> None:
    [caption] = read_webvtt(f"WEBVTT\n\n{times}\ntext").captions

    assert (caption.starts_ms, caption.ends_ms) == (starts, ends)


@pytest.mark.parametrize(
    "times",
    [
        "00:00,000 --> 00:01.000",
        "0:00.000 --> 00:01.000",
        "00:60.000 --> 01:01.000",
        "00:00.00 --> 00:01.000",
        "00:00.0000 --> 00:01.000",
        "00:00:60.000 --> 00:01:01.000",
        "00:60:00.000 --> 01:00:00.000",
        "00:00.000 -> 00:01.000 -->",
        "00:00.000 --> ",
        "--> 00:01.000",
        "x00:00.000 --> 00:01.000",
        "٠٠:00.000 --> 00:01.000",
        "000:00.000 --> 00:01.000",
        "00:00.000 - -> 00:01.000 -->",
    ],
)
def test_bad_times_lose_their_cue_and_are_told(times: str) -> None:
    text = f"WEBVTT\n\n{times}\nlost\n\n00:02.000 --> 00:03.000\nkept"

    assert texts(text) == ["kept"]
    assert problems(text)[0] == (3, "timing")


@pytest.mark.parametrize(
    ("times", "key"),
    [
        ("00:00.000-->00:01.000", "timing-space"),
        ("  00:00.000 --> 00:01.000", "timing-space"),
        ("00:00.000 --> 00:01.000align:start", "timing-space"),
        ("0:00:00.000 --> 00:01.000", "hours"),
        ("00:01.000 --> 00:01.000", "end-first"),
        ("100:00:00.001 --> 100:00:01.000", "too-late"),
    ],
)
def test_what_browsers_forgive_is_still_told(times: str, key: str) -> None:
    assert problems(f"WEBVTT\n\n{times}\ntext") == [(3, key)]


# Settings


@pytest.mark.parametrize(
    "text",
    [
        "align:start", "align:center", "align:end", "align:left", "align:right", "line:0",
        "line:-1", "line:1.5", "line:50%", "line:50.5%,start", "line:1,end", "position:0%",
        "position:100%,line-left", "position:5.5%,line-right", "size:33.3%", "vertical:rl",
        "vertical:lr", "line:-0",
    ],
)  # fmt: skip
def test_good_settings(text: str) -> None:
    assert problems(f"WEBVTT\n\n{ONE[:-1]} {text}\nx") == []


@pytest.mark.parametrize(
    "text",
    [
        "align:middle", "align:", ":start", "align", "line:-", "line:.5", "line:5.", "line:1-",
        "line:1,middle", "line:101%", "line:-1%", "line:1..5", "position:50", "position:101%",
        "position:50%,left", "position:-1%", "position:.5%", "size:50", "size:101%", "size:%",
        "vertical:up", "region:none", "colour:red", "align:start align:end", "Align:start",
        "line:1,", "position:1e1%", "size:٥%",
    ],
)  # fmt: skip
def test_bad_settings_are_told(text: str) -> None:
    assert [key for _line, key in problems(f"WEBVTT\n\n{ONE[:-1]} {text}\nx")] == ["setting"]


def test_settings_say_where_a_cue_stands() -> None:
    settings = settings_of("vertical:lr line:75%,end position:20%,line-right size:40% align:end")

    assert settings.vertical == "lr"
    assert (settings.line, settings.snaps_to_lines, settings.line_align) == (75, False, "end")
    assert (settings.position, settings.position_align) == (20, "line-right")
    assert (settings.size, settings.align) == (40, "end")


def test_of_settings_that_repeat_the_last_good_one_counts() -> None:
    """As browsers show it; the file is refused all the same."""
    assert settings_of("align:start align:end").align == "end"
    assert settings_of("align:end align:middle align").align == "end"
    assert settings_of("size:1xx size:2%").size == 2
    assert settings_of("size:50% size:101%").size == 50
    assert settings_of("position:1% ,center").position == 1
    assert settings_of("region:gone region:low", {"low"}).region == "low"
    assert settings_of("region:low region:gone", {"low"}).region is None
    assert settings_of("line: 50%").line is None


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("-0", 0),
        ("1" + 34 * "0", 1e34),
        ("17976931348623157" + 292 * "0", 1.7976931348623157e308),
        ("17976931348623159" + 292 * "0", None),
        ("-17976931348623159" + 292 * "0", None),
        ("0." + 323 * "0" + "5", 5e-324),
        ("1e2", None),
        ("-0%", None),
    ],
)
def test_a_line_is_any_number_that_browsers_can_hold(value: str, line: float | None) -> None:
    assert settings_of(f"line:{value}").line == line


def test_only_the_spaces_of_the_format_divide_settings() -> None:
    [caption] = read_webvtt(f"WEBVTT\n\n{ONE[:-1]} region:\v align:end\xa0\nx").captions

    assert caption.settings == "region:\v align:end\xa0"
    assert settings_of(caption.settings, {"\v"}).region == "\v"
    assert settings_of(caption.settings).align == "center"


@pytest.mark.parametrize("place", range(len(ONE) - 1))
def test_a_nul_anywhere_in_its_times_loses_a_cue(place: int) -> None:
    spoilt = ONE[:place] + "\0" + ONE[place:]

    assert texts(f"WEBVTT\n\n{spoilt}lost\n\n{ONE}kept") == ["kept"]


def test_a_cue_that_has_its_own_place_leaves_its_region() -> None:
    assert settings_of("region:low", {"low"}).region == "low"
    assert settings_of("region:low line:1", {"low"}).region is None


# Texts


def shown(text: str) -> str:
    """The tree in short: i(a) t1000."""

    def told(node) -> str:  # type: ignore[no-untyped-def]
        if node.kind == "text":
            return node.value
        if node.kind == "time":
            return f"[{node.value}]"
        inside = "".join(told(child) for child in node.children)
        name = ".".join((node.kind, *node.classes))
        name += f" {node.annotation}" if node.annotation else ""
        return inside if node.kind == "root" else f"{{{name}:{inside}}}"

    return told(tree(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("<i>a</i>b", "{i:a}b"),
        ("<i>a", "{i:a}"),
        ("<i>a</b>b</i>c", "{i:ab}c"),
        ("<b><i>a</b>b", "{b:{i:ab}}"),
        ("<x>a</x>", "a"),
        ("<c.loud.red>a</c>", "{c.loud.red:a}"),
        ("<c..loud>a", "{c.loud:a}"),
        ("<i.a b>x", "{i.a:x}"),
        ("<v  Marta \t Colombo >a", "{v Marta Colombo:a}"),
        ("<v\nMarta>a", "{v Marta:a}"),
        ("<v Marta &amp; Emma>a", "{v Marta & Emma:a}"),
        ("<v Marta", "{v Marta:}"),
        ("<lang it>ciao</lang>", "{lang it:ciao}"),
        ("<ruby>a<rt>b</ruby>c", "{ruby:a{rt:b}}c"),
        ("<rt>a</rt>", "a"),
        ("<00:01.000>a", "[1000]a"),
        ("<0:00:01.000>a", "[1000]a"),
        ("<00:01.00>a", "a"),
        ("<00:60.000>a", "a"),
        ("a<", "a"),
        ("a<>b", "ab"),
        ("</>a", "a"),
        ("<i", "{i:}"),
        ("<.loud>a", "a"),
        ("&amp;&lt;&gt;", "&<>"),
        ("&nbsp;&lrm;&rlm;", "\xa0\u200e\u200f"),
        ("&amp", "&"),
        ("&eacute;", "é"),
        ("&#65;&#x42;", "AB"),
        ("&xyz;", "&xyz;"),
        ("R&D", "R&D"),
        ("a > b", "a > b"),
        ("<I>a</I>", "a"),
    ],
)
def test_a_text_is_read_as_browsers_read_it(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("<x>a</x>", "tag-unknown"),
        ("<i>a", "tag-unclosed"),
        ("a</i>", "tag-stray"),
        ("<b><i>a</b></i>", "tag-stray"),
        ("<v>a</v>", "tag-nameless"),
        ("<lang>a</lang>", "tag-nameless"),
        ("<i more>a</i>", "tag-extra"),
        ("<rt>a</rt>", "tag-place"),
        ("a<i", "tag-open"),
        ("<00:01.00>a", "time-inside"),
        ("<00:09.000>a", "time-outside"),
        ("<00:03.000>a<00:02.000>b", "time-outside"),
    ],
)
def test_bad_tags_are_told(text: str, key: str) -> None:
    found, _remarks = text_problems(text, 4, 0, 5000)

    assert key in {problem.key for problem in found}
    assert {problem.line for problem in found} == {4}


@pytest.mark.parametrize(
    "text", ["<v Marta>a", "<v Marta>a</v>", "<ruby>a<rt>b</ruby>", "a<00:01.000>b", "&amp; &lt;"]
)
def test_good_tags_are_fine(text: str) -> None:
    assert text_problems(text, 1, 0, 5000) == ([], [])


def test_a_bare_ampersand_is_mended_and_said() -> None:
    reading = read_captions(f"WEBVTT\n\n{ONE}Research\nR&D".encode())

    assert [caption.text for caption in reading.captions] == ["Research\nR&amp;D"]
    assert reading.problems == []
    assert [(remark.line, remark.key) for remark in reading.remarks] == [(5, "ampersand")]


def test_who_speaks_is_known_apart_from_the_words() -> None:
    [one, two, three] = read_captions(
        (
            f"WEBVTT\n\n{ONE}<v Marta Colombo>Buongiorno\n\n"
            "00:01.000 --> 00:02.000 line:0 region:x\n<v A>one</v> <v B>two</v>\n\n"
            "00:02.000 --> 00:03.000\n<v.loud A>one</v>\n"
        ).encode()
    ).captions

    assert (one.speaker, one.text) == ("Marta Colombo", "Buongiorno")
    assert (two.speaker, two.text, two.settings) == ("", "<v A>one</v> <v B>two</v>", "line:0")
    assert (three.speaker, three.text) == ("", "<v.loud A>one</v>")


def test_webvtt_is_utf8() -> None:
    reading = read_captions(f"WEBVTT\n\n{ONE}perché".encode("cp1252"))

    assert [(problem.line, problem.key) for problem in reading.problems] == [(4, "not-utf8")]


# SRT


def test_srt_as_it_mostly_is() -> None:
    reading = read_subrip(
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nMarta: R&D <i>oggi</i>\r\n2 < 3\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\nCiao\r\n",
        {"Marta"},
    )

    assert reading.problems == []
    one, two = reading.captions
    assert (one.starts_ms, one.ends_ms, one.speaker) == (1000, 2500, "Marta")
    assert one.text == "R&amp;D <i>oggi</i>\n2 &lt; 3"
    assert two.text == "Ciao"


def test_srt_needs_no_numbers_and_keeps_those_that_are_said() -> None:
    reading = read_subrip(
        "00:00:01,000 --> 00:00:02,000\n42\n\n00:00:03,000 --> 00:00:04,000\n2024\n"
    )

    assert [caption.text for caption in reading.captions] == ["42", "2024"]
    assert reading.problems == []


def test_srt_in_the_windows_of_old_is_read_and_said() -> None:
    reading = read_captions("1\n00:00:01,000 --> 00:00:02,000\nPerché\n".encode("cp1252"))

    assert [caption.text for caption in reading.captions] == ["Perché"]
    assert [(remark.line, remark.key) for remark in reading.remarks] == [(3, "cp1252")]


def test_srt_tells_what_it_drops() -> None:
    reading = read_subrip(
        "1\n00:00:01.000 --> 00:00:02.000 X1:0 X2:9\n{\\an8}<font color=red>Hi</font>\n"
    )

    assert [caption.text for caption in reading.captions] == ["Hi"]
    assert [remark.key for remark in reading.remarks] == [
        "points", "places", "dropped", "dropped", "dropped",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing", [(1, "no-cues")]),
        ("1\n00:00:02,000 --> 00:00:01,000\nx", [(2, "end-first")]),
        ("1\n00:99:02,000 --> 00:00:01,000\nx", [(2, "timing")]),
        ("1\n00:00:02,000 --> 00:00:03,000\nx\n\nlost\n", [(5, "no-times")]),
        ("1\n00:00:02,000 --> 00:00:03,000\na <i>b\n", [(3, "tag-unclosed")]),
        ("1\n00:00:02,000 --> 00:00:03,000\na --> b\n", [(3, "arrow")]),
        (
            "1\n00:00:02,000 --> 00:00:03,000\na\n\n2\n00:00:01,000 --> 00:00:02,000\nb",
            [(6, "out-of-order")],
        ),
    ],
)
def test_srt_problems_carry_their_lines(text: str, expected: list[tuple[int, str]]) -> None:
    found = read_subrip(text).problems

    assert sorted((problem.line, problem.key) for problem in found) == sorted(expected)


# There and back

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cf")), min_size=1, max_size=12
)
line = st.lists(words, min_size=1, max_size=4).map(" ".join)
text = st.lists(
    st.one_of(
        line.map(lambda each: each.replace("&", "&amp;").replace("<", "&lt;")),
        line.map(lambda each: "<i>" + each.replace("&", "&amp;").replace("<", "&lt;") + "</i>"),
    ),
    min_size=0,
    max_size=3,
).map("\n".join)
settings = st.sampled_from(["", "align:start", "line:0 position:20%,line-left", "vertical:rl"])


@st.composite
def captions(draw: st.DrawFn) -> list[Caption]:
    """A track of captions as we keep it."""
    moment, made = 0, []
    for _each in range(draw(st.integers(1, 5))):
        moment += draw(st.integers(0, 100_000))
        made.append(
            Caption(
                moment,
                moment + draw(st.integers(1, 9000)),
                settle_markup(draw(text)),
                draw(st.one_of(st.just(""), line)),
                draw(settings),
            )
        )
    return made


def kept(caption: Caption) -> tuple[int, int, str, str, str]:
    speaker = caption.speaker if caption.text else ""
    return (caption.starts_ms, caption.ends_ms, caption.text, speaker, caption.settings)


@given(captions())
def test_webvtt_loses_nothing_that_is_kept(track: list[Caption]) -> None:
    reading = read_captions(write_webvtt(track, note="a --> b").encode())

    assert reading.problems == []
    assert [kept(each) for each in reading.captions] == [kept(each) for each in track]


@given(st.text(max_size=200))
def test_no_text_upsets_the_parser(anything: str) -> None:
    read_webvtt("WEBVTT\n\n" + anything)
    read_webvtt(anything)
    read_subrip(anything)
    read_subrip("1\n00:00:01,000 --> 00:00:02,000\n" + anything)


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_parser(anything: bytes) -> None:
    read_captions(anything)
    read_captions(b"WEBVTT\n\n" + anything)


@given(st.text(alphabet="ab<>/&; ivcrtlang.\n0:1-", max_size=60))
def test_settled_text_stays_as_it_is(anything: str) -> None:
    settled = settle_markup(anything)

    assert settle_markup(settled) == settled
    assert text_problems(settled)[0] == [] or "<" in settled
    assert settle_markup(editable(settled)) == settled


plain_words = st.lists(st.text("aeiòx&>", min_size=1, max_size=6), min_size=1, max_size=3)


@given(
    st.lists(st.tuples(plain_words, st.sampled_from(["", "Marta", "Emma Whitcombe"])), max_size=4)
)
def test_srt_keeps_times_words_and_speakers(said: list[tuple[list[str], str]]) -> None:
    track = [
        Caption(
            number * 2000,
            number * 2000 + 1500,
            f"<b>{settle_markup(' '.join(words))}</b>",
            speaker,
        )
        for number, (words, speaker) in enumerate(said)
    ]

    reading = read_subrip(write_subrip(track), {"Marta", "Emma Whitcombe"})

    assert [problem.key for problem in reading.problems] == ([] if track else ["no-cues"])
    assert [kept(each) for each in reading.captions] == [kept(each) for each in track]


# Quality


def test_each_flaw_is_told_with_its_number_and_limit() -> None:
    cues = [
        Caption(0, 2000, "Fine."),
        Caption(1900, 3000, "Too soon."),
        Caption(3040, 5000, "Flickers."),
        Caption(20_000, 21_000, "Far too many words to be read in such a short time."),
        Caption(21_100, 21_200, "a"),
        Caption(21_300, 29_000, "a\nb\nc"),
        Caption(29_100, 31_000, "  "),
    ]

    assert [(f.cue, f.kind, round(f.value, 1), f.limit) for f in findings(cues, 30_000)] == [
        (2, "overlap", 100, 0),
        (3, "gap", 40, 80),
        (4, "silence", 15_000, 10_000),
        (4, "speed", 51.0, 17.0),
        (4, "line", 51, 42),
        (5, "short", 100, 700),
        (6, "lines", 3, 2),
        (6, "long", 7700, 7000),
        (7, "empty", 0, 1),
        (7, "beyond", 31_000, 30_000),
    ]


def test_limits_themselves_are_fine() -> None:
    cues = [
        Caption(0, 3000, "x" * 42),
        Caption(3000, 3700, "x" * 11),
        Caption(3780, 10_780, "x" * 42 + "\n" + "y" * 42),
    ]

    assert findings(cues, 10_780) == []


def test_tags_and_escapes_count_as_what_is_read() -> None:
    assert findings([Caption(0, 1000, "<i>R&amp;D</i>")]) == []
    assert words_of("<v A>one</v> <i>two</i> &lt;") == "one two <"


# As a text


def test_sentences_know_when_they_begin() -> None:
    cues = [
        Caption(1000, 3000, "Mi chiamo Marta.", "Marta"),
        Caption(3000, 5000, "Faccio tessuti a Como. Li", "Marta"),
        Caption(5000, 7000, "esporto in Spagna."),
        Caption(7100, 9000, "E come?", "Giulia"),
        Caption(20_000, 22_000, "Dopo una pausa."),
    ]

    told = passages(cues)

    assert [passage.speaker for passage in told] == ["Marta", "Giulia", "Giulia"]
    assert [sentence.text for sentence in told[0].sentences] == [
        "Mi chiamo Marta.",
        "Faccio tessuti a Como.",
        "Li esporto in Spagna.",
    ]
    assert [sentence.starts_ms for sentence in told[0].sentences] == [1000, 3000, 4840]
    assert told[0].sentences[2].ends_ms == 7000
    assert [sentence.cue for sentence in told[0].sentences] == [0, 1, 1]


def test_a_full_stop_after_a_shortened_word_ends_nothing() -> None:
    [passage] = passages([Caption(0, 5000, "Il dott. Rossi è qui. La Rossi S.p.A. no.")])

    assert [sentence.text for sentence in passage.sentences] == [
        "Il dott. Rossi è qui.",
        "La Rossi S.p.A. no.",
    ]


def test_words_without_full_stops_are_cut_between_cues() -> None:
    cues = [Caption(n * 1000, n * 1000 + 1000, "parole e ancora parole " * 3) for n in range(12)]

    [passage] = passages(cues)[:1]

    assert len(passage.sentences) > 1
    assert all(sentence.starts_ms % 1000 == 0 for sentence in passage.sentences)


def test_every_voice_of_a_cue_is_heard() -> None:
    told = passages([Caption(0, 4000, "<v A>One.</v> <v B>Two.</v>")])

    assert [(passage.speaker, passage.text) for passage in told] == [("A", "One."), ("B", "Two.")]
    assert told[1].starts_ms > 1000


@given(captions())
def test_the_text_loses_no_word(track: list[Caption]) -> None:
    told = "".join(passage.text for passage in passages(track))
    said = "".join(words_of(caption.text) for caption in track)

    assert len("".join(told.split())) <= len("".join(said.split()))
    assert all(
        sentence.starts_ms <= sentence.ends_ms
        for passage in passages(track)
        for sentence in passage.sentences
    )


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1:23", 83_000),
        ("01:23.5", 83_500),
        ("0:01:23,045", 83_045),
        ("00:00:00.000", 0),
        ("1:60", None),
        ("x", None),
        ("", None),
        ("1:2:3", None),
        ("0:75:00", None),
        ("75:00", 4_500_000),
    ],
)
def test_moments_as_people_write_them(text: str, ms: int | None) -> None:
    assert read_clock(text) == ms
