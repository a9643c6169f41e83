"""The sectors of business, as an entrepreneur would name them.

Each stands for divisions of NACE Rev. 2.1 (Regulation (EU) 2023/137), which ATECO 2025 shares;
the words shown are translated where pages name them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sector:
    """A sector: its code in addresses and data, and its NACE divisions."""

    code: str
    divisions: tuple[str, ...]


SECTORS: dict[str, Sector] = {
    code: Sector(code, tuple(divisions.split()))
    for code, divisions in {
        "agriculture": "01 02 03",
        "food": "10 11 12",
        "textile": "13 14 15",
        "wood": "16 31",
        "packaging": "17",
        "printing": "18",
        "chemicals": "19 20 21",
        "plastics": "22",
        "ceramics": "23",
        "metal": "24 25",
        "electronics": "26 27",
        "machinery": "28",
        "automotive": "29 30",
        "repair": "32 33 95",
        "energy": "35",
        "waste": "36 37 38 39",
        "construction": "41 42 43",
        "trade": "46",
        "retail": "47",
        "transport": "49 50 51 52 53",
        "hospitality": "55 56 79",
        "digital": "58 59 60 61 62 63",
        "finance": "64 65 66",
        "services": "68 69 70 71 72 73 74 75",
        "support": "77 78 80 81 82",
        "education": "84 85",
        "health": "86 87 88 96",
        "culture": "90 91 92 93 94",
    }.items()
}
