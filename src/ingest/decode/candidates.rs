//! Legacy encodings of Chinese, Japanese and Korean: their characters, and a score of how likely each is.
//!
//! Nearly every pair of bytes is a character in several of these encodings. Common characters tell them apart: in the
//! right encoding most characters of a text belong to a few hundred, in another hardly any does.

use encoding_rs::{DecoderResult, Encoding};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Multi-byte encoding with the properties that distinguish it from others.
pub(super) struct Candidate {
    pub(super) encoding: &'static Encoding,
    pub(super) name: &'static str,
    script: Script,
    /// Lead bytes of the everyday characters, which these standards place first.
    everyday: std::ops::RangeInclusive<u8>,
    /// Advantage in hundredths of a character, for archives that are mostly Chinese.
    pub(super) prior: i64,
}

#[derive(Clone, Copy, PartialEq)]
enum Script {
    Chinese,
    Japanese,
    Korean,
}

impl Script {
    /// Returns `true` if `c` is one of the common characters.
    fn is_common(self, c: char) -> bool {
        // Runs for each character of a sample, for which a search of the string is thirty times slower.
        static SETS: LazyLock<[HashSet<char>; 3]> = LazyLock::new(|| {
            [COMMON_CHINESE, COMMON_JAPANESE, COMMON_KOREAN].map(|common| common.chars().collect())
        });
        let [chinese, japanese, korean] = &*SETS;
        match self {
            Script::Chinese => chinese.contains(&c),
            Script::Japanese => japanese.contains(&c),
            Script::Korean => korean.contains(&c),
        }
    }
}

pub(super) const CANDIDATES: [Candidate; 5] = [
    Candidate {
        encoding: encoding_rs::GB18030,
        name: "GB 18030",
        script: Script::Chinese,
        everyday: 0xb0..=0xd7,
        prior: 20,
    },
    Candidate {
        encoding: encoding_rs::BIG5,
        name: "Big5",
        script: Script::Chinese,
        everyday: 0xa4..=0xc6,
        prior: 10,
    },
    Candidate {
        encoding: encoding_rs::SHIFT_JIS,
        name: "Shift_JIS",
        script: Script::Japanese,
        everyday: 0x88..=0x97,
        prior: 0,
    },
    Candidate {
        encoding: encoding_rs::EUC_JP,
        name: "EUC-JP",
        script: Script::Japanese,
        everyday: 0xb0..=0xcf,
        prior: 0,
    },
    Candidate {
        encoding: encoding_rs::EUC_KR,
        name: "EUC-KR",
        script: Script::Korean,
        everyday: 0xb0..=0xc8,
        prior: 0,
    },
];

/// Weight of a byte that is no character, in hundredths of a character.
pub(super) const INVALID: i64 = -300;

/// Character at the beginning of some bytes, or an invalid byte.
pub(super) struct DecodedUnit {
    pub(super) length: usize,
    pub(super) character: Option<char>,
    /// Likelihood in hundredths: 100 for a common character, less for others.
    pub(super) weight: i64,
}

impl Candidate {
    /// Returns the first unit of `bytes`, which are not empty.
    pub(super) fn first_unit(&self, bytes: &[u8]) -> DecodedUnit {
        let lead = bytes.first().copied().unwrap_or_default();
        if lead.is_ascii() {
            return DecodedUnit { length: 1, character: Some(char::from(lead)), weight: 100 };
        }
        let trail = bytes.get(1).copied().unwrap_or_default();
        let length = match (self.encoding, lead) {
            (encoding, 0xa1..=0xdf) if encoding == encoding_rs::SHIFT_JIS => 1,
            (encoding, 0x8f) if encoding == encoding_rs::EUC_JP => 3,
            (encoding, _) if encoding == encoding_rs::GB18030 && trail.is_ascii_digit() => 4,
            _ => 2,
        };
        match bytes.get(..length).and_then(|bytes| decode_one(self.encoding, bytes)) {
            Some(c) => DecodedUnit { length, character: Some(c), weight: self.weight(c, lead, trail) },
            None => DecodedUnit { length: 1, character: None, weight: INVALID },
        }
    }

    fn weight(&self, c: char, lead: u8, trail: u8) -> i64 {
        let is_everyday = self.everyday.contains(&lead);
        match (self.script, c) {
            (_, '\u{3000}'..='\u{3020}' | '\u{ff01}'..='\u{ff5e}' | '\u{2013}'..='\u{2026}' | '·') => 100,
            (Script::Japanese, '\u{3041}'..='\u{30fe}') => 100,
            (Script::Chinese, '\u{3041}'..='\u{30fe}') => 60,
            (Script::Japanese, '\u{ff61}'..='\u{ff9f}') => 20,
            (Script::Korean, '\u{ac00}'..='\u{d7a3}') if self.script.is_common(c) => 100,
            (Script::Korean, '\u{ac00}'..='\u{d7a3}') if is_everyday && trail >= 0xa1 => 50,
            (Script::Korean, '\u{ac00}'..='\u{d7a3}') => 0,
            (Script::Chinese | Script::Japanese, '\u{4e00}'..='\u{9fff}') if self.script.is_common(c) => 100,
            (Script::Korean, '\u{4e00}'..='\u{9fff}') => -30,
            // The extension of GB 2312 begins where its trail bytes do not reach.
            (_, '\u{4e00}'..='\u{9fff}') if self.encoding == encoding_rs::GB18030 && trail < 0xa1 => 0,
            (_, '\u{4e00}'..='\u{9fff}') if is_everyday => 50,
            (_, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}') => 15,
            (_, '\u{e000}'..='\u{f8ff}') => -100,
            _ => -30,
        }
    }

    /// Returns the average weight of the characters in `bytes` beyond ASCII, in hundredths.
    pub(super) fn score(&self, mut bytes: &[u8]) -> i64 {
        let (mut total, mut count) = (0, 0);
        while !bytes.is_empty() {
            let unit = self.first_unit(bytes);
            if !bytes[0].is_ascii() {
                total += unit.weight;
                count += 1;
            }
            bytes = &bytes[unit.length..];
        }
        total / count.max(1)
    }

    /// Decodes `bytes`; returns the text and the number of invalid bytes.
    pub(super) fn decode(&self, bytes: &[u8]) -> (String, usize) {
        /// Length beyond which a damaged run is not searched for the damage.
        const MAX_REPAIR: usize = 1 << 16;
        match self.encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => (text.into_owned(), 0),
            None if bytes.len() <= MAX_REPAIR => self.repair(bytes),
            None => {
                let (text, _) = self.encoding.decode_without_bom_handling(bytes);
                let invalid = text.matches(char::REPLACEMENT_CHARACTER).count();
                (text.into_owned(), invalid)
            }
        }
    }

    /// Decodes damaged `bytes` so that as few characters as possible are lost.
    ///
    /// A lost byte shifts all pairs after it. Among all ways to skip bytes, the one with the most likely characters is
    /// chosen (shortest path from the end).
    fn repair(&self, bytes: &[u8]) -> (String, usize) {
        let mut costs = vec![0i64; bytes.len() + 1];
        let mut skips = vec![false; bytes.len()];
        for at in (0..bytes.len()).rev() {
            let unit = self.first_unit(&bytes[at..]);
            let read = 100 - unit.weight + costs[at + unit.length];
            let skip = 100 - INVALID + costs[at + 1];
            skips[at] = unit.character.is_none() || skip < read;
            costs[at] = read.min(skip);
        }
        let (mut text, mut invalid, mut at) = (String::with_capacity(bytes.len()), 0, 0);
        while at < bytes.len() {
            let unit = self.first_unit(&bytes[at..]);
            match unit.character.filter(|_| !skips[at]) {
                Some(c) => {
                    text.push(c);
                    at += unit.length;
                }
                None => {
                    text.push(char::REPLACEMENT_CHARACTER);
                    invalid += 1;
                    at += 1;
                }
            }
        }
        (text, invalid)
    }
}

/// Decodes `bytes` if they are one character.
fn decode_one(encoding: &'static Encoding, bytes: &[u8]) -> Option<char> {
    let mut text = [0; 16];
    let (result, _, length) = encoding
        .new_decoder_without_bom_handling()
        .decode_to_utf8_without_replacement(bytes, &mut text, true);
    let text = std::str::from_utf8(&text[..length]).ok()?;
    (result == DecoderResult::InputEmpty).then(|| text.chars().next())?
}

/// Common Chinese characters in both scripts, and some of Cantonese.
const COMMON_CHINESE: &str = "\
    的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過\
    发發后後作里裡道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本\
    前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问\
    問很最重并並物手应應战戰向头頭文体體政美相见見被利什二等产產新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門\
    任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總\
    何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治\
    展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張\
    该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運佢哋嘅咗喺唔啲嚟";

/// Common kanji.
const COMMON_JAPANESE: &str = "\
    日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校\
    語木聞食車何南万毎白天母火読友父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家\
    世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住真有口少町料工建空急止送切転足楽起着店病質待族早親\
    験医味写字夜音古買悪図週室歩風花春赤館屋色走駅旅政議民連対部合市内相定回選米実関決全表戦経最現調化当約首法性的要制治務\
    成期取都和機平加受続進数記初指権支産点報済活原共得解交資予向際勝面告反判認参利組信在件側任引求所次昨論官増係感情投示変\
    打直両式確果容必争談能位置流過局放常状役割身費付由説難収断違消番規術備害警育席残想声助労例限追商伝働形落好退頭負渡差守\
    若種美命望非観察段深様財港呼達良候値光路科他処客師速存単降責給園具因彼未込顔返険覚船";

/// Common syllables of Korean.
const COMMON_KOREAN: &str = "\
    이다는에의을가고하지은로한서를도기사리시대정어자인나일부과해스수아그들있제장적전라만보주으게니상원공면안여진우성와할것등경\
    세구위동오화말조선생신비국용소관회연방계했였습때까르드미민모무두통중유문물바";

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> &'static Candidate {
        CANDIDATES.iter().find(|candidate| candidate.name == name).unwrap()
    }

    #[test]
    fn lost_bytes_cost_one_character_each() {
        let gbk = named("GB 18030");
        let text = "江水昨夜退了三尺，渡口重新开船，票价没有变。";
        let (bytes, ..) = gbk.encoding.encode(text);
        for at in 0..bytes.len() {
            let mut lost = bytes.to_vec();
            lost.remove(at);
            let (read, _) = gbk.decode(&lost);
            let kept = text.chars().filter(|c| read.contains(*c)).count();
            assert!(kept + 3 >= text.chars().count(), "{at}: {read}");
            let mut bad = bytes.to_vec();
            bad[at] = 0xff;
            let (read, invalid) = gbk.decode(&bad);
            let kept = text.chars().filter(|c| read.contains(*c)).count();
            assert!(invalid > 0 && kept + 3 >= text.chars().count(), "{at}: {read}");
        }
    }

    #[test]
    fn units_of_all_lengths_are_decoded() {
        for (name, text) in [
            ("GB 18030", "a江𠮷é"),
            ("Big5", "a江"),
            ("Shift_JIS", "a江ｶあ"),
            ("EUC-JP", "a江ｶあ"),
            ("EUC-KR", "a강뷁"),
        ] {
            let candidate = named(name);
            let (bytes, ..) = candidate.encoding.encode(text);
            let (mut read, mut rest) = (String::new(), &bytes[..]);
            while !rest.is_empty() {
                let unit = candidate.first_unit(rest);
                read.extend(unit.character);
                rest = &rest[unit.length..];
            }
            assert_eq!(read, text, "{name}");
        }
    }
}
