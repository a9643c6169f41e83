"""What a guest allows by a release, in our words: editions, each in three languages.

An edition is never changed once somebody could have signed it; other words are a new edition. The
words are no translations of one another’s sentences by the catalogues: they are what was signed.
"""

EDITIONS: dict[int, dict[str, str]] = {
    1: {
        "it": (
            "Autorizzo la redazione a registrare l’intervista, a montarla e a pubblicarla su questo"
            " sito e nei suoi feed: video, audio, fotografie, sottotitoli, trascrizione e testo,"
            " anche tradotti.\n"
            "Autorizzo la redazione a mostrarne l’immagine di apertura e brevi estratti per far"
            " conoscere l’intervista.\n"
            "L’autorizzazione è gratuita e non comprende altri usi: niente pubblicità di prodotti,"
            " niente cessione a terzi.\n"
            "Posso ritirarla in ogni momento dalla pagina in cui la firmo, anche senza dire perché:"
            " da quel momento il sito non mostra più nulla dell’intervista."
        ),
        "en": (
            "I allow the editorial team to record the interview, to edit it and to publish it on"
            " this site and in its feeds: video, audio, pictures, captions, transcript and text,"
            " also translated.\n"
            "I allow the editorial team to show its opening picture and short excerpts so that"
            " people hear of the interview.\n"
            "The permission is free of charge and covers no other use: no advertising of products,"
            " nothing handed on to others.\n"
            "I can withdraw it at any time on the page where I sign it, also without saying why:"
            " from that moment the site shows nothing of the interview."
        ),
        "es": (
            "Autorizo a la redacción a grabar la entrevista, a montarla y a publicarla en este"
            " sitio y en sus canales: vídeo, audio, fotografías, subtítulos, transcripción y texto,"
            " también traducidos.\n"
            "Autorizo a la redacción a mostrar su imagen de apertura y fragmentos breves para dar"
            " a conocer la entrevista.\n"
            "La autorización es gratuita y no comprende otros usos: ni publicidad de productos ni"
            " cesión a terceros.\n"
            "Puedo retirarla en cualquier momento en la página en la que la firmo, también sin"
            " decir por qué: desde ese momento el sitio no muestra nada de la entrevista."
        ),
    },
}
CURRENT = max(EDITIONS)


def terms(language: str, edition: int = CURRENT) -> str:
    """What is asked for, a line a point."""
    return EDITIONS[edition][language]
