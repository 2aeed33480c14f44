//! Mutation of known inputs: cut, flipped, repeated, joined and nested at random.

/// Deterministic random number generator (Marsaglia's xorshift).
pub struct Rng(u64);

impl Rng {
    /// Creates a generator from `seed`.
    pub fn from_seed(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns the next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Returns a number less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 11) as usize % end.max(1)
    }

    /// Returns a random element of `all`.
    pub fn choose<'a, T: ?Sized>(&mut self, all: &'a [&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// Meaningful fragments of article files, queries and user data.
const SNIPPETS: [&str; 78] = [
    "<div>",
    "</div>",
    "<p>",
    "<b>",
    "</b>",
    "<i><u>",
    "<a href=\"https://a.example/\">",
    "<a href=javascript:alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"data:image/png;base64,AAAA\">",
    "<table><tr><td>",
    "</table>",
    "<td colspan=99999999 rowspan=99999999>",
    "<ol start=-2147483649>",
    "<ol start=2147483647>",
    "<li>",
    "<ul>",
    "<svg>",
    "<math><mi>",
    "<template>",
    "</template>",
    "<script>",
    "</script>",
    "<style>",
    "<noscript>",
    "<iframe src=//a.example>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!doctype html>",
    "<html>",
    "<body>",
    "<h1>",
    "<h9>",
    "<pre>",
    "<br>",
    "<hr>",
    "<blockquote>",
    "<figure><figcaption>",
    "<details><summary>",
    "<select><option>",
    "<form><input>",
    "<font size=7>",
    "<center>",
    "<base href=\"https://b.example/\">",
    "<p style=\"position:fixed\">",
    " id=n-1 name=body",
    "&amp",
    "&#0;",
    "&#x110000;",
    "&#55296;",
    "&nbsp;",
    "&lt;script&gt;",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[2J",
    "𠮷",
    "臺灣",
    "\r",
    "\n",
    "\t",
    "\n------\n",
    "[",
    "](",
    ")",
    "<!--1697471101000-->",
    "<!--9223372036854775807-->",
    "\"",
    "-",
    " OR ",
    "title:",
    "before:2023-13",
    "date:",
    "source:\"",
    "\\u0000",
];
const MAX_BYTES: usize = 200_000;

/// Returns `bytes` after a few random mutations; `other` supplies fragments to insert.
pub fn mutate(bytes: &[u8], other: &[u8], dice: &mut Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + dice.below(8) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(64)).min(bytes.len());
        match dice.below(12) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = dice.next() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => bytes.truncate(at),
            4 => {
                let again = bytes[at..end].repeat(1 + dice.below(8));
                insert(&mut bytes, at, &again);
            }
            5 => {
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(400)).min(other.len());
                insert(&mut bytes, at, &other[from..to]);
            }
            // Nesting up to and beyond every limit.
            6 => {
                let times = [3, 13, 40, 300, 4_000][dice.below(5)];
                let piece = dice.choose(&SNIPPETS).repeat(times);
                insert(&mut bytes, at, piece.as_bytes());
            }
            7 => {
                let pieces: String = (0..dice.below(60)).map(|_| dice.choose(&SNIPPETS)).collect();
                insert(&mut bytes, at, pieces.as_bytes());
            }
            _ => {
                let piece = dice.choose(&SNIPPETS);
                insert(&mut bytes, at, piece.as_bytes());
            }
        }
        bytes.truncate(MAX_BYTES);
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, more: &[u8]) {
    drop(bytes.splice(at..at, more.iter().copied()));
}
