"""Generates variants.txt and compatibility.txt, the tables of fold.rs.

    python3 src/text/tables.py OPENCC_DICTIONARY_FOLDER

variants.txt: one class of variant characters per line, its representative (the lowest code point) first.
The classes are the transitive union of OpenCC's character dictionaries (Apache-2.0): Simplified, Traditional,
Taiwan and Hong Kong forms. Characters outside the main Han block are omitted: none occurred as a variant in
112,000 articles, and the app carries every line.
compatibility.txt: characters that NFKC changes, each followed by its replacement, in the blocks used by news in
Latin and East Asian scripts. Full-width ASCII and Hangul are computed instead.
"""

import pathlib
import sys
import unicodedata

here = pathlib.Path(__file__).parent
dictionaries = pathlib.Path(sys.argv[1])
parent = {}


def is_main(char):
    return len(char) == 1 and 0x4E00 <= ord(char) <= 0x9FFF


def root(char):
    while parent.setdefault(char, char) != char:
        char = parent[char]
    return char


for name in ["STCharacters", "TSCharacters", "TWVariants", "HKVariants"]:
    for line in (dictionaries / f"{name}.txt").read_text("utf-8").splitlines():
        char, _, variants = line.partition("\t")
        for variant in variants.split():
            if is_main(char) and is_main(variant):
                low, high = sorted([root(char), root(variant)])
                parent[high] = low

classes = {}
for char in sorted(parent):
    classes.setdefault(root(char), []).append(char)
lines = ["".join(members) for _, members in sorted(classes.items()) if len(members) > 1]
(here / "variants.txt").write_text("\n".join(lines) + "\n", "utf-8")

BLOCKS = [
    (0x00A0, 0x00FF),  # Latin-1: ordinals, fractions
    (0x0132, 0x01F3),  # Latin digraphs
    (0x2000, 0x209F),  # punctuation, superscripts and subscripts
    (0x2100, 0x218B),  # letterlike symbols, number forms
    (0x2460, 0x24FF),  # enclosed letters and numbers
    (0x2F00, 0x2FDF),  # radicals
    (0x3000, 0x33FF),  # East Asian punctuation, enclosed and squared characters
    (0xF900, 0xFAFF),  # Han for compatibility
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFF5F, 0xFFEE),  # half-width and other full-width forms
]
lines = []
for first, last in BLOCKS:
    for char in map(chr, range(first, last + 1)):
        plain = unicodedata.normalize("NFKC", char)
        # Standalone accents would become a space and an accent, which is useless for search.
        if plain != char and not any(c.isspace() for c in plain):
            lines.append(char + plain)
(here / "compatibility.txt").write_text("\n".join(lines) + "\n", "utf-8")
