"""The words of a text: where they stand, how they fold, which stem they share.

One analysis for the whole product. What is written to the search index, what is asked of it
and what is marked in its results all come from here, so they always agree.

A word folds to lower case without accents (*Reunión* → *reunion*) and only then loses its
ending (*reunion*, *reuniones* → *reunion*): people type queries without accents, and stemming
first would tell the two spellings apart.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

STEMMERS = {"it": "italian", "en": "english", "es": "spanish"}

# Nothing a person writes as one word is longer; a pasted key or picture is.
LONGEST_WORD = 48

# Letters and digits, with the accents that some systems write after their letter and the soft
# hyphens that word processors leave inside words. An apostrophe ends a word, so that
# «l’impresa» is two.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad][^\W_]*)*")


class Word(NamedTuple):
    """A word as it stands in a text: from `start` up to, not including, `end`."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    for match in _WORD.finditer(text):
        yield Word(match.group(), match.start(), match.end())


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word in lower case and without accents: what a hurried person would type."""
    if not word.isascii():
        # Some letters only show their plain form after a second turn (ﬃ, ǆ, mathematical
        # capitals): go on until nothing changes.
        while (plain := _plain(word)) != word:
            word = plain
    return word.lower()[:LONGEST_WORD]


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())


@lru_cache(maxsize=65536)
def stem(folded: str, language: str) -> str:
    """What the forms of a word share in its language; the word itself where we know no grammar."""
    stemmer = _stemmer(language)
    return stemmer.stemWord(folded) if stemmer else folded


def is_stop_word(folded: str, language: str) -> bool:
    """Whether the word is grammar only, as articles and prepositions are."""
    return folded in STOP_WORDS.get(language, frozenset())


def folded_words(text: str) -> list[str]:
    """Every word, folded, in order."""
    return [folded for word in words(text) if (folded := fold(word.text))]


def stems(text: str, language: str) -> list[str]:
    """The stems of the words that mean something, in order."""
    return [
        stem(folded, language)
        for folded in folded_words(text)
        if not is_stop_word(folded, language)
    ]


def likely_language(folded: Iterable[str], languages: Iterable[str]) -> str | None:
    """The one language whose grammar most of these words are, or None when there is no telling."""
    folded = list(folded)
    counts = {
        language: sum(is_stop_word(word, language) for word in folded) for language in languages
    }
    most = max(counts.values(), default=0)
    best = [language for language, count in counts.items() if count == most]
    return best[0] if most and len(best) == 1 else None


_of_thread = threading.local()


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    # A stemmer keeps its state while it works, so no two threads may share one. It has a
    # cache of its own, which ours makes useless.
    if language not in STEMMERS:
        return None
    known = _of_thread.__dict__.setdefault("stemmers", {})
    if language not in known:
        known[language] = Stemmer.Stemmer(STEMMERS[language], 0)
    return known[language]


@cache
def _stop_words(text: str) -> frozenset[str]:
    return frozenset(folded_words(text))


# Grammar only, elided articles included. Words that can be the matter of a business question
# stay out, even where the usual lists have them: «estado», «sentido», «stato», «fatto».
STOP_WORDS = {
    "it": _stop_words(
        """
        a ad al allo alla ai agli agl alle all con col coi da dal dallo dalla dai dagli dagl
        dalle dall di del dello della dei degli degl delle dell d in nel nello nella nei negli
        negl nelle nell su sul sullo sulla sui sugli sugl sulle sull per tra fra contro
        il lo la i gli le l un uno una
        io tu lui lei noi voi loro mi ti ci vi si se sé ne li c v m t s
        mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro
        vostra vostri vostre
        questo questa questi queste quest quello quella quelli quelle quel quegli quei quell
        che chi cui quale quali qual quanto quanta quanti quante cosa cos dove dov quando come
        com perché
        e ed o od ma né non anche più pure però se anch tutto tutta tutti tutte tutt
        ho hai ha abbiamo avete hanno abbia abbiate abbiano avrò avrai avrà avremo avrete
        avranno avrei avresti avrebbe avremmo avreste avrebbero avevo avevi aveva avevamo
        avevate avevano ebbi avesti ebbe avemmo aveste ebbero avessi avesse avessimo avessero
        avendo avuto avuta avuti avute
        sono sei è siamo siete sia siate siano sarò sarai sarà saremo sarete saranno sarei
        saresti sarebbe saremmo sareste sarebbero ero eri era eravamo eravate erano fui fosti
        fu fummo foste furono fossi fosse fossimo fossero essendo
        faccio fai fa facciamo fanno faccia facciate facciano farò farai farà faremo farete
        faranno farei faresti farebbe faremmo fareste farebbero facevo facevi faceva facevamo
        facevate facevano feci facesti fece facemmo faceste fecero facessi facesse facessimo
        facessero facendo
        sto stai sta stiamo stanno stia stiate stiano starò starai starà staremo starete
        staranno starei staresti starebbe staremmo stareste starebbero stavo stavi stava
        stavamo stavate stavano stetti stesti stette stemmo steste stettero stessi stesse
        stessimo stessero stando
        """
    ),
    "en": _stop_words(
        """
        a an the and or but nor so if than then that this these those there here
        i me my myself we us our ours ourselves you your yours yourself yourselves he him his
        himself she her hers herself it its itself they them their theirs themselves
        what which who whom whose when where why how
        am is are was were be been being have has had having do does did doing done can could
        will would shall should may might must ought
        about above after again against all any as at because before below between both by
        down during each few for from further in into just more most no not now of off on once
        only other out over own same some such through to too under until up very while with
        s t d m ll re ve don didn doesn isn aren wasn weren won wouldn couldn shouldn hasn
        haven hadn ain
        """
    ),
    "es": _stop_words(
        """
        a al ante con contra de del desde durante en entre hacia hasta para por según sin sobre
        el la lo los las un una unos unas uno
        yo tú él ella ello nosotros nosotras vosotros vosotras ellos ellas usted ustedes me te
        se nos os le les mí ti sí
        mi mis tu tus su sus mío mía míos mías tuyo tuya tuyos tuyas suyo suya suyos suyas
        nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras
        este esta estos estas esto ese esa esos esas eso aquel aquella aquellos aquellas aquello
        que qué quien quién quienes quiénes cual cuál cuales cuáles cuanto cuánto cuanta cuánta
        cuantos cuántos cuantas cuántas cuando cuándo donde dónde como cómo porque
        y e o u ni no pero si sino más muy mucho mucha muchos muchas poco también tanto ya algo
        algunas algunos alguna alguno algún nada otra otras otro otros todo toda todos todas
        antes
        soy eres es somos sois son sea seas seamos seáis sean seré serás será seremos seréis
        serán sería serías seríamos seríais serían era eras éramos erais eran fui fuiste fue
        fuimos fuisteis fueron fuera fueras fuéramos fuerais fueran fuese fueses fuésemos
        fueseis fuesen siendo sido
        estoy estás está estamos estáis están esté estés estemos estéis estén estaré estarás
        estará estaremos estaréis estarán estaría estarías estaríamos estaríais estarían estaba
        estabas estábamos estabais estaban estuve estuviste estuvo estuvimos estuvisteis
        estuvieron estuviera estuvieras estuviéramos estuvierais estuvieran estando
        he has ha hemos habéis han haya hayas hayamos hayáis hayan habré habrás habrá habremos
        habréis habrán habría habrías habríamos habríais habrían había habías habíamos habíais
        habían hube hubiste hubo hubimos hubisteis hubieron hubiera hubieras hubiéramos
        hubierais hubieran habiendo habido hay
        tengo tienes tiene tenemos tenéis tienen tenga tengas tengamos tengáis tengan tendré
        tendrás tendrá tendremos tendréis tendrán tendría tendrías tendríamos tendríais
        tendrían tenía tenías teníamos teníais tenían tuve tuviste tuvo tuvimos tuvisteis
        tuvieron tuviera tuvieras tuviéramos tuvierais tuvieran teniendo
        """
    ),
}
