"""Messages that want to sell where nobody asked, and honest ones that look a little like them,
in our languages. The addresses and numbers are invented.
"""

UNWANTED = [
    (
        "it",
        "GUADAGNA 3000 euro al mese da casa senza rischi!!! Clicca qui https://soldi.example/x",
    ),
    (
        "it",
        "Prestito immediato anche a protestati, senza garanzie. Scrivici su WhatsApp +39 345 "
        "678 9012",
    ),
    (
        "it",
        "Vuoi la prima pagina di Google? Contattami in privato: https://seo.example "
        "https://seo2.example",
    ),
    (
        "it",
        "Criptovalute: rendimento garantito del 12% al mese. Posti limitati! Telegram "
        "@investi https://c.example",
    ),
    (
        "it",
        "Ciao a tutti! Dimagrire 10 kg in un mese, sconto esclusivo solo per oggi "
        "https://snella.example/offerta",
    ),
    (
        "it",
        "Scommesse sicure, casino online con bonus https://gioca.example "
        "https://gioca2.example https://gioca3.example",
    ),
    (
        "it",
        "Offerta imperdibile!!! Followers veri per la tua azienda, miglior prezzo "
        "https://seguaci.example",
    ),
    (
        "it",
        "Ti serve un finanziamento garantito? Affrettati, ultimi pezzi! "
        "https://credito.example €€€ chiamami +39 02 1234 5678",
    ),
    (
        "en",
        "Earn money from home! Guaranteed returns, risk free. Click here https://money.example/now",
    ),
    (
        "en",
        "SEO services: first page of Google in 7 days, cheap backlinks. https://rank.example "
        "https://rank2.example",
    ),
    (
        "en",
        "Instant loan approved in 10 minutes, DM me or WhatsApp +44 7700 900123 "
        "https://loan.example",
    ),
    ("en", "CRYPTO INVESTMENT!!! DOUBLE YOUR BITCOIN IN 24 HOURS https://btc.example"),
    ("en", "Buy now cheap viagra best price https://pills.example"),
    (
        "en",
        "Dear sir, we are forex experts, passive income, act now. Telegram: t.me/forexking "
        "https://fx.example",
    ),
    (
        "en",
        "Online casino and betting, exclusive offer, free gift for the first 100! "
        "https://bet.example",
    ),
    ("en", "https://a.example https://b.example https://c.example https://d.example"),
    ("es", "Gana dinero desde hoy, sin riesgo. Haz clic aquí: https://dinero.example/ya"),
    (
        "es",
        "Préstamos rápidos sin papeles, WhatsApp +34 612 345 678 https://prestamo.example",
    ),
    (
        "es",
        "Criptomonedas con rentabilidad garantizada. Plazas limitadas!!! "
        "https://cripto.example Telegram",
    ),
    (
        "es",
        "Apuestas deportivas, ingresos pasivos, trabaja desde casa https://apuestas.example",
    ),
    (
        "es",
        "Posicionamiento: primera página de Google, mejor precio. https://seo.example "
        "https://seo2.example",
    ),
    (
        "es",
        "ADELGAZAR YA!!! OFERTA EXCLUSIVA SOLO POR HOY https://dieta.example ÚLTIMAS UNIDADES",
    ),
    (
        "es",
        "Seguidores reales para tu empresa, escríbeme al privado https://seguidores.example",
    ),
    (
        "es",
        "Купите дешёвые реплики часов прямо сейчас, доставка по всей Европе https://watch.example",
    ),
]

CLEAN = [
    (
        "it",
        "Buongiorno, siamo una carpenteria di Lecco: cerchiamo chi zincava a caldo travi da "
        "12 m. Il nostro sito: https://carpenteria.example",
    ),
    (
        "it",
        "Per l’IVA sugli acquisti intra-UE la guida dell’Agenzia è chiara: "
        "https://agenzia.example/guida. Noi abbiamo fatto così per tre anni.",
    ),
    (
        "it",
        "Qualcuno ha esportato in Canada? Il prezzo del trasporto da Genova è salito a 3.200 "
        "euro a container.",
    ),
    (
        "it",
        "Cerco un fornitore di cuscinetti 6204-2RS, 500 pezzi, consegna entro il 15/12/2026. "
        "Grazie!",
    ),
    (
        "it",
        "Presentazione: mi chiamo Luca, ho una tipografia a Prato, 8 persone dal 1987. Cerco "
        "consigli sul passaggio generazionale.",
    ),
    (
        "it",
        "Il bando scade il 30 giugno e copre il 50% dei macchinari: "
        "https://regione.example/bando e qui le domande https://regione.example/faq",
    ),
    (
        "en",
        "We make iron castings in Sheffield. Has anyone used the new CBAM form? The gov page "
        "is https://gov.example/cbam",
    ),
    (
        "en",
        "Looking for a cheap way to ship 4 pallets to Turin every month. What do you pay?",
    ),
    (
        "en",
        "Hello from Cork: 12 people, food packaging. Our customer pays after 120 days; what "
        "would you do?",
    ),
    (
        "en",
        "I would compare three loans before signing: the personal guarantee is the part to read.",
    ),
    (
        "en",
        "The bearing is ISO 15:2017, see https://iso.example/15. Call the distributor before "
        "you buy.",
    ),
    (
        "es",
        "Hola, somos una cerámica de Castellón. Buscamos transportista para Lyon, dos "
        "camiones al mes. https://ceramica.example",
    ),
    (
        "es",
        "El ICO acepta la solicitud en línea: https://ico.example/lineas. Tardaron 3 semanas "
        "en responder.",
    ),
    (
        "es",
        "¿Alguien ha cambiado a energía solar en la nave? Pagamos 0,18 €/kWh y el presupuesto"
        " es de 85.000 €.",
    ),
    (
        "es",
        "Me presento: taller de mecanizado en Éibar, cinco personas. Necesitamos ayuda con la"
        " norma EN 1090.",
    ),
    ("es", "Nos pidieron la declaración de conformidad por WhatsApp; ¿es normal?"),
]
