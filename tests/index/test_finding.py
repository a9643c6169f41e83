"""What is found, by whom, in which order."""

from datetime import UTC, datetime

import pytest

from officine.core.index.interface import open_index
from tests.index.corpus import DOCUMENTS, document, query


@pytest.fixture
def index():
    index = open_index("memory:")
    index.write(DOCUMENTS)
    return index


def ids(hits):
    return [hit.id for hit in hits.hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("imprese", "post:2"),
        ("l'export", "post:2"),
        ("dell’export", "post:2"),
        ("reunion", "post:3"),
        ("reuniones", "post:3"),
        ("REUNIÓN", "post:3"),
        ("dogane", "post:1"),
        ("company", "post:4"),
        ("esportiamo", "post:1"),
        ("chi paga la dogana?", "post:1"),
    ],
)
def test_a_word_is_found_in_any_of_its_forms(index, text, found):
    assert ids(index.search(query(text)))[0] == found


def test_a_question_is_read_only_in_the_languages_its_asker_reads(index):
    assert ids(index.search(query("companies", reads=("en",)))) == ["post:4"]
    assert ids(index.search(query("reuniones", reads=("es",)))) == ["post:3"]
    assert ids(index.search(query("company", reads=("it",)))) == []


def test_a_question_of_grammar_alone_is_taken_at_its_word(index):
    assert ids(index.search(query("chi"))) == ["post:1"]


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "…", "«»", "\x00", "' OR 1=1 --", "*", "(((", "a:b"]
)
def test_odd_questions_get_a_plain_answer(index, text):
    assert index.search(query(text)).hits == ()


def test_a_huge_question_is_cut_short(index):
    assert ids(index.search(query("dogana " * 100_000))) == ["post:1"]


def test_whoever_lacks_the_audience_finds_nothing(index):
    index.write(
        [
            document("post:5", "Segreto", "tornio", audience="group:7"),
            document("post:6", "Tra noi", "tornio", audience="members"),
        ]
    )
    for audiences, expected in (
        ({"public"}, set()),
        ({"public", "members"}, {"post:6"}),
        ({"public", "members", "group:8"}, {"post:6"}),
        ({"public", "members", "group:7"}, {"post:5", "post:6"}),
        (set(), set()),
    ):
        hits = index.search(query("tornio", audiences=frozenset(audiences)))
        assert set(ids(hits)) == expected
        assert sum(hits.totals.values()) == len(expected)


def test_a_document_written_again_has_only_its_new_words_and_audience(index):
    index.write([document("post:1", "Nuovo", "fresatrice", audience="members")])

    assert ids(index.search(query("dogana"))) == []
    assert ids(index.search(query("fresatrice"))) == []
    members = frozenset({"public", "members"})
    assert ids(index.search(query("fresatrice", audiences=members))) == ["post:1"]


def test_a_document_taken_out_is_found_no_more(index):
    index.write([], ["post:1", "post:404"])

    assert ids(index.search(query("dogana"))) == []
    assert index.health().documents == len(DOCUMENTS) - 1


def test_many_small_writes_all_count(index):
    for number in range(30):
        index.write([document(f"post:{number}", "Tornio", f"pezzo {number}")])
    index.write([], [f"post:{number}" for number in range(0, 30, 2)])

    assert index.search(query("tornio")).totals == {"topic": 15}
    assert ids(index.search(query("tornio 7")))[0] == "post:7"


def test_kind_language_group_author_and_time_narrow_what_is_found(index):
    index.write(
        [
            document("group:1", "Tornio", kind="group", language="it"),
            document("group:2", "Tornio", kind="group", language="es"),
            document("post:7", "Tornio", group="group:1", author="member:1"),
            document("post:8", "Tornio", at=datetime(2026, 5, 1, tzinfo=UTC)),
        ]
    )

    def narrowed(**values):
        return set(ids(index.search(query("tornio", **values))))

    assert narrowed(kinds=("group",)) == {"group:1", "group:2"}
    assert narrowed(kinds=("group",), languages=("es",)) == {"group:2"}
    assert narrowed(group="group:1") == {"post:7"}
    assert narrowed(author="member:1") == {"post:7"}
    assert narrowed(since=datetime(2026, 4, 1, tzinfo=UTC)) == {"post:8"}


def test_a_topic_is_listed_once_by_its_best_post():
    index = open_index("memory:")
    index.write(
        [
            document("post:1", "Incoterms", "Quale resa?", under="topic:1"),
            document("post:2", "Incoterms", "La dogana, sempre la dogana.", under="topic:1"),
            document("post:3", "Incoterms", "Un’altra cosa e la dogana.", under="topic:1"),
            document("post:4", "Altro", "La dogana di Dover.", under="topic:2"),
        ]
    )

    hits = index.search(query("dogana"))

    assert hits.totals == {"topic": 2}
    others = {hit.id: [other.id for other in hit.others] for hit in hits.hits}
    assert others == {"post:2": ["post:3"], "post:4": []}


def test_of_posts_that_fit_alike_the_earliest_stands_for_its_topic():
    index = open_index("memory:")
    index.write(
        document(f"post:{number}", "Tornio", under="topic:1", at=datetime(2026, 1, day, tzinfo=UTC))
        for number, day in ((30, 5), (9, 2), (10, 3))
    )

    assert ids(index.search(query("tornio"))) == ["post:9"]


def test_each_kind_gets_its_own_share_of_the_list():
    index = open_index("memory:")
    index.write(document(f"post:{number}", "Tornio") for number in range(20))
    index.write([document("member:1", "Tornio", kind="person")])

    hits = index.search(query("tornio", limit=5))

    assert len(hits.of("topic")) == 5
    assert len(hits.of("person")) == 1
    assert hits.totals == {"topic": 20, "person": 1}


def test_each_language_gets_its_own_share_of_a_kind():
    index = open_index("memory:")
    index.write(document(f"post:{number}", "Tornio", "tornio") for number in range(20))
    index.write(
        [
            document("post:98", "Torno", "El tornio italiano", language="es"),
            document("post:99", "Tornio", under="topic:1"),
            document("post:97", "Lathe", "A tornio is a lathe", language="en", under="topic:1"),
        ]
    )

    hits = index.search(query("tornio", limit=5))

    assert len(hits.hits) == 6
    assert "post:98" in ids(hits)
    assert hits.totals == {"topic": 22}
    assert hits.in_language == {("topic", "it"): 21, ("topic", "es"): 1, ("topic", "en"): 1}


def test_who_holds_every_word_comes_before_who_repeats_one():
    index = open_index("memory:")
    index.write(
        [
            document("post:1", "", "dogana dogana dogana dogana"),
            document("post:2", "", "In attesa da giorni: la merce per l’Inghilterra è in dogana"),
        ]
    )

    assert ids(index.search(query("dogana inghilterra")))[0] == "post:2"


def test_when_enough_hold_every_word_the_rest_is_not_shown():
    index = open_index("memory:")
    index.write(document(f"post:{number}", "", "dogana inghilterra") for number in range(10))
    index.write([document("post:99", "", "dogana")])

    assert index.search(query("dogana inghilterra")).totals == {"topic": 10}


def test_quoted_words_must_stand_as_quoted(index):
    assert ids(index.search(query("«paga la dogana»"))) == ["post:1"]
    assert ids(index.search(query('"dogana la paga"'))) == []


def test_the_word_being_typed_is_found_by_its_beginning(index):
    assert ids(index.search(query("inghil"))) == []
    assert ids(index.search(query("inghil", unfinished=True))) == ["post:1"]
    assert ids(index.search(query("dogana inghil", unfinished=True))) == ["post:1"]
    assert ids(index.search(query("reunio", unfinished=True))) == ["post:3"]
    assert ids(index.search(query("inghil ", unfinished=True))) == []


def test_a_name_counts_more_than_a_mention():
    index = open_index("memory:")
    index.write(
        [
            document("member:1", "Marta Ricci", "Torneria", kind="person"),
            document("member:2", "Ada Neri", "Lavora con Marta", kind="person"),
        ]
    )

    assert ids(index.search(query("marta")))[0] == "member:1"


# Did you mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ingilterra", "inghilterra"),
        ("dogana ingilterra", "dogana inghilterra"),
        ("Dogana, ingilterra?", "Dogana, inghilterra?"),
        ("dogaan", "dogana"),
        ("ogana", "dogana"),
        ("reunoin", "reunion"),
        ("companeis", "companies"),
    ],
)
def test_a_mistyped_word_is_corrected(index, typed, meant):
    assert index.suggestion(query(typed)) == meant


@pytest.mark.parametrize("typed", ["dogana", "imprese", "xyzzy", "dog", "2027", "", "zzz zzz"])
def test_what_needs_no_correction_gets_none(index, typed):
    assert index.suggestion(query(typed)) is None


def test_a_correction_never_tells_a_word_the_asker_may_not_read(index):
    index.write([document("post:9", "", "zanzibar", audience="group:7")])

    assert index.suggestion(query("zanzibra")) is None
    insider = frozenset({"public", "group:7"})
    assert index.suggestion(query("zanzibra", audiences=insider)) == "zanzibar"


def test_a_word_known_only_where_one_may_not_look_is_unknown(index):
    index.write([document("post:9", "", "ingilterra", audience="group:7")])

    assert index.search(query("ingilterra")).unknown == ("ingilterra",)
    assert index.suggestion(query("ingilterra")) == "inghilterra"


def test_a_correction_stays_within_the_kind_that_was_asked_for(index):
    assert index.suggestion(query("ingilterra", kinds=("group",))) is None


def test_a_slip_that_somebody_else_made_too_is_still_corrected():
    index = open_index("memory:")
    index.write(document(f"post:{number}", "", "dogana") for number in range(20))
    index.write([document("post:99", "", "dogna")])

    assert index.suggestion(query("dogna")) == "dogana"
