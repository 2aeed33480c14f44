//! Files that are not UTF-8, or only in part: a crawler may write the header in one encoding and the page in another.
//!
//! The file is divided at `<`, `>` and line ends, which no multi-byte encoding uses for anything else. Each run between
//! them is UTF-8, perhaps damaged, or foreign. The encoding of the foreign runs is guessed from all of them together.

use super::candidates::{CANDIDATES, Candidate};
use chardetng::EncodingDetector;
use encoding_rs::Encoding;

/// Number of foreign bytes that the guess depends on.
const SAMPLE: usize = 1 << 14;

/// Decoded file.
pub(super) struct Legacy {
    pub(super) text: String,
    /// Encoding of the foreign runs.
    pub(super) name: &'static str,
    /// Number of invalid bytes or sequences.
    pub(super) invalid: usize,
}

/// Decodes `bytes`, which are not UTF-8; returns `None` if they are damaged UTF-8 or no text.
pub(super) fn decode(bytes: &[u8]) -> Option<Legacy> {
    let runs = split_runs(bytes);
    let foreign = runs.iter().filter(|run| run.kind == ByteRunKind::Foreign);
    let broken: usize = foreign.clone().map(|run| run.broken).sum();
    let utf8: usize =
        runs.iter().filter(|run| run.kind != ByteRunKind::Foreign).map(|run| run.characters).sum();
    if broken == 0 {
        return None;
    }
    let sample = Sample::new(&runs);
    let guess = guess(&sample, declared_encoding(bytes), top_level_domain(bytes))?;
    // A few broken characters in a UTF-8 text are damage, unless they are words of another encoding.
    let is_mostly_utf8 = utf8 > broken * 4;
    match guess {
        Guess::SingleByte(_) if is_mostly_utf8 => None,
        Guess::MultiByte(candidate) if is_mostly_utf8 && !is_words(candidate, &sample.foreign) => None,
        Guess::MultiByte(candidate) => Some(decode_runs(&runs, candidate)),
        Guess::SingleByte(encoding) => {
            let mut text = String::with_capacity(bytes.len());
            for run in &runs {
                match run.kind {
                    ByteRunKind::Foreign => {
                        text.push_str(&encoding.decode_without_bom_handling(run.bytes).0);
                    }
                    _ => text.push_str(&String::from_utf8_lossy(run.bytes)),
                }
            }
            Some(Legacy { text, name: encoding.name(), invalid: 0 })
        }
    }
}

fn decode_runs(runs: &[ByteRun<'_>], candidate: &Candidate) -> Legacy {
    let mut legacy = Legacy { text: String::new(), name: candidate.name, invalid: 0 };
    for run in runs {
        // A short run may be valid UTF-8 by accident, but hardly with characters of three bytes.
        let is_foreign = match run.kind {
            ByteRunKind::Foreign => true,
            ByteRunKind::Utf8 => run.longest < 3 && run.broken == 0 && candidate.score(run.bytes) >= 40,
            ByteRunKind::Ascii => false,
        };
        if is_foreign {
            let (text, invalid) = candidate.decode(run.bytes);
            legacy.text.push_str(&text);
            legacy.invalid += invalid;
        } else {
            legacy.text.push_str(&String::from_utf8_lossy(run.bytes));
            legacy.invalid += run.broken;
        }
    }
    legacy
}

#[derive(Clone, Copy, PartialEq)]
enum ByteRunKind {
    Ascii,
    Utf8,
    Foreign,
}

struct ByteRun<'a> {
    bytes: &'a [u8],
    kind: ByteRunKind,
    /// Valid UTF-8 characters beyond ASCII.
    characters: usize,
    /// Bytes of the longest of them.
    longest: usize,
    /// Invalid UTF-8 sequences.
    broken: usize,
}

fn split_runs(bytes: &[u8]) -> Vec<ByteRun<'_>> {
    let is_border = |byte: &u8| matches!(byte, b'<' | b'>' | b'\n' | b'\r');
    let mut runs: Vec<ByteRun<'_>> = Vec::new();
    let mut start = 0;
    for piece in bytes.split_inclusive(is_border) {
        let end = start + piece.len();
        let (mut characters, mut longest, mut broken) = (0, 0, 0);
        for chunk in piece.utf8_chunks() {
            for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
                characters += 1;
                longest = longest.max(c.len_utf8());
            }
            broken += usize::from(!chunk.invalid().is_empty());
        }
        // Pairs of letters in other encodings are often valid characters of two bytes.
        let certainty = if longest < 3 { 4 } else { 1 };
        let kind = match (characters, broken) {
            (0, 0) => ByteRunKind::Ascii,
            _ if characters > broken * certainty => ByteRunKind::Utf8,
            _ => ByteRunKind::Foreign,
        };
        match runs.last_mut() {
            Some(last) if kind == ByteRunKind::Ascii && last.kind == ByteRunKind::Ascii => {
                last.bytes = &bytes[start - last.bytes.len()..end];
            }
            _ => runs.push(ByteRun { bytes: piece, kind, characters, longest, broken }),
        }
        start = end;
    }
    runs
}

/// Bytes that a guess depends on.
struct Sample {
    /// Foreign runs.
    foreign: Vec<u8>,
    /// Foreign runs and the ASCII between them.
    context: Vec<u8>,
}

impl Sample {
    fn new(runs: &[ByteRun<'_>]) -> Sample {
        let mut sample = Sample { foreign: Vec::new(), context: Vec::new() };
        let append = |bytes: &mut Vec<u8>, run: &ByteRun<'_>| {
            let room = SAMPLE.saturating_sub(bytes.len());
            bytes.extend_from_slice(&run.bytes[..run.bytes.len().min(room)]);
        };
        for run in runs {
            if run.kind == ByteRunKind::Foreign {
                append(&mut sample.foreign, run);
            }
            if run.kind != ByteRunKind::Utf8 {
                append(&mut sample.context, run);
            }
        }
        sample
    }
}

/// Returns `true` if `bytes` are several everyday characters without a fault.
fn is_words(candidate: &Candidate, bytes: &[u8]) -> bool {
    let (text, invalid) = candidate.decode(bytes);
    invalid == 0 && text.chars().filter(|c| !c.is_ascii()).count() > 1 && candidate.score(bytes) >= 50
}

enum Guess {
    MultiByte(&'static Candidate),
    SingleByte(&'static Encoding),
}

/// Guesses the encoding of `sample`; `label` is what the page declares, `domain` the top level of its address.
fn guess(sample: &Sample, label: Option<&'static Encoding>, domain: Option<&[u8]>) -> Option<Guess> {
    /// Average weight of characters from which a text is plausible.
    const MIN_SCORE: i64 = 30;
    /// Score that text in another alphabet does not reach.
    const CERTAIN_SCORE: i64 = 60;
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&sample.context, true);
    let detected = detector.guess(domain, chardetng::Utf8Detection::Deny);
    let best = CANDIDATES
        .iter()
        .filter_map(|candidate| {
            let score = candidate.score(&sample.foreign);
            let bonus = |encoding, points| if encoding == Some(candidate.encoding) { points } else { 0 };
            // The standard treats GBK as GB 18030 when decoding, but names them apart.
            let agrees = candidate.encoding == detected
                || candidate.name == "GB 18030" && detected == encoding_rs::GBK;
            let total = score + candidate.prior + bonus(label, 30) + if agrees { 15 } else { 0 };
            (score >= MIN_SCORE).then_some((total, score, candidate))
        })
        .max_by_key(|(total, ..)| *total);
    let single = Some(label.filter(|label| label.is_single_byte()).unwrap_or(detected))
        .filter(|encoding| encoding.is_single_byte() && is_plausible(encoding, &sample.foreign));
    match (best, single) {
        // Other alphabets are full of pairs that are Chinese characters, but rarely common ones.
        (Some((_, score, _)), Some(single)) if score < CERTAIN_SCORE && !is_latin(single) => {
            Some(Guess::SingleByte(single))
        }
        (Some((.., candidate)), _) => Some(Guess::MultiByte(candidate)),
        (None, single) => single.map(Guess::SingleByte),
    }
}

/// Returns `true` if the letters of `encoding` are Latin.
fn is_latin(encoding: &'static Encoding) -> bool {
    encoding.decode_without_bom_handling(b"\xe9").0.chars().all(|c| c < '\u{250}')
}

/// Returns `true` if nearly all characters beyond ASCII are letters or common punctuation.
fn is_plausible(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut good, mut total) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        total += 1;
        let common = "\u{a0}\u{ad}«»‹›‘’“”„‚–—…•·°§№€£©®´×¿¡ªº";
        good += usize::from((c.is_alphabetic() && c != 'ÿ') || common.contains(c) || is_thai_mark(c));
    }
    total > 0 && good * 10 >= total * 9
}

fn is_thai_mark(c: char) -> bool {
    matches!(c, '\u{e31}'..='\u{e4e}')
}

/// Returns the encoding that a page declares in its beginning, as in `<meta charset=gbk>`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")?;
    let label = head[at + "charset=".len()..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte));
    let encoding = Encoding::for_label(&label[..end.unwrap_or(label.len())])?;
    Some(if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding })
}

/// Returns the top-level domain of the first address, as in `<https://news.example/1>`.
fn top_level_domain(bytes: &[u8]) -> Option<&[u8]> {
    const HEAD: usize = 4096;
    let head = &bytes[..bytes.len().min(HEAD)];
    let host = &head[memchr::memmem::find(head, b"://")? + 3..];
    let end = host.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-.".contains(byte));
    let name = host[..end.unwrap_or(host.len())].rsplit(|&byte| byte == b'.').next()?;
    (!name.is_empty() && name.iter().all(u8::is_ascii_lowercase)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<(String, &'static str)> {
        decode(bytes).map(|legacy| (legacy.text, legacy.name))
    }

    #[test]
    fn each_script_is_recognised() {
        const TEXTS: [(&str, &[&str]); 12] = [
            ("江水昨夜退了三尺，渡口重新开船，票价没有变。", &["GB18030"]),
            ("江水昨夜退了三尺，渡口重新開船，票價沒有變。", &["Big5", "GB18030"]),
            ("川の水は夜のうちに引き、人々は家に帰った。船が出る。", &["Shift_JIS", "EUC-JP"]),
            ("강물이 밤사이에 빠져 사람들이 집으로 돌아갔다.", &["EUC-KR"]),
            ("Ночью вода в реке спала. Паром снова ходит.", &["windows-1251", "KOI8-R"]),
            (
                "L’eau a baissé pendant la nuit. L’école rouvrira lundi, et les élèves rentrent.",
                &["windows-1252"],
            ),
            ("Die Brücke über den Fluß ist wieder geöffnet.", &["windows-1252"]),
            ("Voda v řece klesla a přívoz už zase jezdí.", &["windows-1250", "ISO-8859-2"]),
            ("Το νερό του ποταμού έπεσε τη νύχτα.", &["windows-1253"]),
            ("Nehrin suyu gece çekildi, şehirde köprü açıldı.", &["windows-1254"]),
            ("המים בנהר ירדו במהלך הלילה.", &["windows-1255"]),
            ("น้ำในแม่น้ำลดลงเมื่อคืนนี้", &["windows-874"]),
        ];
        for (text, encodings) in TEXTS {
            for label in encodings {
                let encoding = Encoding::for_label(label.as_bytes()).unwrap();
                let text = format!("<p>{text}</p>\n");
                let (bytes, _, lossy) = encoding.encode(&text);
                assert!(!lossy, "{text}");
                assert_eq!(read(&bytes).map(|(text, _)| text), Some(text), "{label}");
            }
        }
    }

    #[test]
    fn short_and_rare_chinese_is_recognised() {
        for (text, encoding) in [
            ("<p>灯亮</p>", encoding_rs::GB18030),
            ("[短](https://a.example)\n<p>灯亮</p>", encoding_rs::GB18030),
            ("<p>龘𠮷𠀀江水退了，人们回家。</p>", encoding_rs::GB18030),
        ] {
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{text}");
            assert_eq!(read(&bytes).map(|(text, _)| text), Some(text.to_owned()));
        }
    }

    #[test]
    fn hong_kong_characters_are_decoded() {
        let (mut bytes, ..) = encoding_rs::BIG5.encode("<p>人們等船，");
        bytes.to_mut().extend(b"\x91\xc1</p>");
        assert_eq!(read(&bytes), Some(("<p>人們等船，嚟</p>".to_owned(), "Big5")));
    }

    #[test]
    fn address_decides_between_similar_ones() {
        assert_eq!(top_level_domain(b"[a](https://news.example.cz/1)"), Some(&b"cz"[..]));
        assert_eq!(top_level_domain(b"[a](https://192.0.2.1/1)"), None);
        assert_eq!(top_level_domain(b"a"), None);
    }

    #[test]
    fn parts_in_other_encodings_are_decoded_apart() {
        let body = "<p>江水昨夜退了，人们回家。</p>";
        let (gbk, ..) = encoding_rs::GB18030.encode(body);
        let head = "[江水](https://a.example/1)\n------\n";
        let (gbk_head, ..) = encoding_rs::GB18030.encode(head);
        let whole = format!("{head}{body}");
        assert_eq!(read(&[head.as_bytes(), &gbk].concat()), Some((whole.clone(), "GB 18030")));
        assert_eq!(read(&[&gbk_head, body.as_bytes()].concat()), Some((whole.clone(), "GB 18030")));
        let (japanese, ..) = encoding_rs::SHIFT_JIS.encode("<p>水は夜のうちに引きました。</p>");
        let mixed = [head.as_bytes(), &japanese].concat();
        assert_eq!(read(&mixed), Some((format!("{head}<p>水は夜のうちに引きました。</p>"), "Shift_JIS")));
    }

    #[test]
    fn runs_that_are_utf_8_by_accident_are_decoded() {
        let text = "<b>联通</b><p>江水昨夜退了，人们回家。</p>";
        let (bytes, ..) = encoding_rs::GB18030.encode(text);
        assert_eq!(read(&bytes), Some((text.to_owned(), "GB 18030")));
    }

    #[test]
    fn declared_encoding_decides_between_similar_ones() {
        let (bytes, ..) = encoding_rs::KOI8_U.encode("<meta charset='koi8-u'><p>Ніч</p>");
        assert_eq!(read(&bytes).unwrap().0, "<meta charset='koi8-u'><p>Ніч</p>");
    }

    #[test]
    fn runs_with_pairs_that_are_valid_utf_8_are_decoded() {
        let text = "[สะพาน](https://a.example/1)\n<p>เมื่อวานนี้สะพานข้ามแม่น้ำเปิดให้ประชาชนใช้แล้ว</p>";
        let (bytes, ..) = encoding_rs::WINDOWS_874.encode(text);
        assert_eq!(read(&bytes), Some((text.to_owned(), "windows-874")));
        let french = "<p>L’école, les élèves, la forêt, à côté".as_bytes();
        assert_eq!(read(&[french, b"\xff</p>"].concat()), None);
    }

    #[test]
    fn damaged_utf_8_is_left_to_others() {
        assert_eq!(read("<p>江水昨夜".as_bytes().get(..10).unwrap()), None);
        assert_eq!(read(b"<p>\xe6\xb1\x9f\xe6\xb0\xb4\xe6\x98\xa8\xe5\xa4\x9c\xff\xff</p>"), None);
        assert_eq!(read(b"<p>a\xff\xe6\xb1</p>"), None);
    }
}
