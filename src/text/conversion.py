"""Generates convert/hans.txt and convert/hant.txt, the tables of convert/.

    python3 src/text/conversion.py OPENCC_DICTIONARY_FOLDER

The folder contains OpenCC's dictionaries (Apache-2.0; version 1.4.2) as text with lines `key TAB values`,
as written by `opencc_dict -f ocd2 -t text`. The first line of an output file states its origin. Then follow
the tables, separated by empty lines:

    st                      name
    发發头頭               characters, each followed by its replacement
    头发!髮 破血流 像=…    phrases that start with 头: a character after `!` replaces the previous one where the
                            character table does not; `=` precedes a value of another length

OpenCC matches the longest phrase first. Most of its phrases change nothing themselves: they prevent other
phrases from matching across words. The app downloads every phrase, so only those guards are kept that have at
most three characters and at whose end another phrase could start. On 1.5 million characters of news the result
differs from the full dictionary in 6 characters (441 without any guard), at 103 instead of 191 kB.
"""

import itertools
import pathlib
import sys

here = pathlib.Path(__file__).parent
dictionaries = pathlib.Path(sys.argv[1])
ORIGIN = "Shortened from the dictionaries of OpenCC, https://github.com/BYVoid/OpenCC, Apache License 2.0"
SIGNS = set("!= \n")
# Maximum length of a guard: a phrase that changes nothing itself.
GUARD = 3


def load(*names):
    """Returns the first value of each key; earlier files take precedence."""
    entries = {}
    for name in names:
        for line in (dictionaries / f"{name}.txt").read_text("utf-8").splitlines():
            key, _, values = line.partition("\t")
            value = values.split(" ")[0]
            # Common fonts lack characters beyond the basic plane.
            if max(key + value) < "\U00010000" and not SIGNS & set(key + value):
                entries.setdefault(key, value)
    return entries


def reaches(phrases):
    """Returns the length of the longest phrase by first character."""
    longest = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest


def pieces(text, phrases, longest):
    """Splits a text into its longest phrases and single characters."""
    at = 0
    while at < len(text):
        reach = min(longest.get(text[at], 1), len(text) - at)
        length = next((n for n in range(reach, 1, -1) if text[at : at + n] in phrases), 1)
        yield at, text[at : at + length]
        at += length


def convert(text, phrases, characters, longest):
    return "".join(
        phrases.get(piece) or characters.get(piece, piece) for _, piece in pieces(text, phrases, longest)
    )


def needed(phrases, characters):
    """Returns the phrases that do not follow from shorter ones, and the guards against matches across words."""
    kept = {}
    for length in range(2, max(map(len, phrases), default=1) + 1):
        longest = reaches(kept)
        kept |= {
            key: value
            for key, value in phrases.items()
            if len(key) == length and convert(key, kept, characters, longest) != value
        }
    while True:
        longest = reaches(kept)
        begun = {key[:end] for key in kept for end in range(max(1, len(key) - 2), len(key))}
        guards = {
            key: value
            for key, value in phrases.items()
            if key not in kept and any(key[at:] in begun for at, _ in pieces(key, kept, longest))
        }
        if not guards:
            break
        kept |= guards
    changing = {key for key, value in kept.items() if convert(key, {}, characters, {}) != value}
    return {key: value for key, value in kept.items() if key in changing or len(key) <= GUARD}


def table(name, phrase_files, character_files):
    characters = load(*character_files)
    phrases = load(*phrase_files)
    characters |= {key: value for key, value in phrases.items() if len(key) == 1}
    characters = {key: value for key, value in characters.items() if key != value and len(value) == 1}
    phrases = needed({key: value for key, value in phrases.items() if len(key) > 1}, characters)
    lines = [name, "".join(key + value for key, value in sorted(characters.items()))]
    for first, group in itertools.groupby(sorted(phrases.items()), key=lambda entry: entry[0][0]):
        lines.append(first + " ".join(written(key, value, characters) for key, value in group))
    print(f"{name}: {len(characters)} characters, {len(phrases)} phrases")
    return "\n".join(lines)


def written(key, value, characters):
    if len(key) != len(value):
        return f"{key[1:]}={value}"
    text = ""
    for at, (old, new) in enumerate(zip(key, value)):
        text += old if at else ""
        text += "" if characters.get(old, old) == new else f"!{new}"
    return text


# The region of a Traditional text is unknown, so the forms of both regions are reverted.
REGIONS = (
    "rev",
    ["TWVariantsRevPhrases", "HKVariantsRevPhrases"],
    ["TWVariantsRev", "HKVariantsRev"],
)
HANT = [
    REGIONS,
    ("st", ["STPhrases", "STPhrases_GeneratedFromRegionalPhrases"], ["STCharacters"]),
    ("words-tw", ["TWPhrases"], []),
    ("tw", ["TWVariantsPhrases"], ["TWVariants"]),
    ("hk", ["HKVariantsPhrases"], ["HKVariants"]),
]
HANS = [
    REGIONS,
    ("ts", ["TSPhrases"], ["TSCharacters"]),
]
for name, tables in [("hans", HANS), ("hant", HANT)]:
    text = "\n\n".join([ORIGIN, *(table(*arguments) for arguments in tables)]) + "\n"
    (here / "convert" / f"{name}.txt").write_text(text, "utf-8")
