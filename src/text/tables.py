"""Writes variants.txt and compatibility.txt, the tables of fold.rs.

    python3 src/text/tables.py OPENCC_DICTIONARY_FOLDER

variants.txt: one class of variant characters a line, its representative (the lowest code point) first.
The classes are OpenCC's character dictionaries (Apache-2.0) merged transitively: Simplified,
Traditional, Taiwan and Hong Kong forms.
compatibility.txt: characters of the Basic Multilingual Plane that NFKC changes, each followed by what
it becomes; full-width ASCII and Hangul are left to arithmetic.
"""

import pathlib
import sys
import unicodedata

here = pathlib.Path(__file__).parent
dictionaries = pathlib.Path(sys.argv[1])
parent = {}


def root(char):
    while parent.setdefault(char, char) != char:
        char = parent[char]
    return char


for name in ["STCharacters", "TSCharacters", "TWVariants", "HKVariants"]:
    for line in (dictionaries / f"{name}.txt").read_text("utf-8").splitlines():
        char, _, variants = line.partition("\t")
        for variant in variants.split():
            if len(char) == len(variant) == 1:
                low, high = sorted([root(char), root(variant)])
                parent[high] = low

classes = {}
for char in sorted(parent):
    classes.setdefault(root(char), []).append(char)
lines = ["".join(members) for _, members in sorted(classes.items()) if len(members) > 1]
(here / "variants.txt").write_text("\n".join(lines) + "\n", "utf-8")

lines = []
for code in range(0x80, 0xFFFE):
    if 0xD800 <= code < 0xF900 or 0xFF01 <= code <= 0xFF5E or 0x1100 <= code < 0x1200:
        continue
    # Presentation forms of Arabic are rare in this field and a third of the table.
    if 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFF00:
        continue
    char = chr(code)
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and not plain.isspace():
        lines.append(char + plain)
(here / "compatibility.txt").write_text("\n".join(lines) + "\n", "utf-8")
