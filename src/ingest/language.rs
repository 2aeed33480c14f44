//! Language detection from characters alone, without code and names.
//!
//! Counts scripts: Hangul indicates Korean, kana among Han Japanese, other Han Chinese, and Latin letters with the
//! most common English words English. Latin names do not make a Chinese text English, so that only small words count
//! against it. Simplified and Traditional Chinese are distinguished by characters that exist in only one of them; a few
//! dozen common characters decide, so a table of 500 pairs is sufficient. Own code, because the crates for detection do not
//! tell the two apart.

use crate::model::{Document, Inline, Lang, TextLine};

/// Returns the predominant language of an article.
///
/// Code does not count, unless there is nothing else.
pub(super) fn article_language(title: &str, body: &Document) -> Lang {
    let mut prose = ScriptCounts::default();
    prose.count_text(title);
    body.for_each_line(|line| {
        if let TextLine::Inlines(inlines) = line {
            let mut text = String::new();
            push_prose(inlines, &mut text);
            prose.count_text(&text);
        }
    });
    if !prose.is_empty() {
        return prose.language();
    }
    let mut all = ScriptCounts::default();
    all.count_text(title);
    body.for_each_line(|line| all.count_text(&line.to_text()));
    all.language()
}

/// Appends the text of `inlines` without code.
fn push_prose(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(run) => text.push_str(run),
            Inline::Code(_) | Inline::Break => text.push(' '),
            other => push_prose(other.children(), text),
        }
    }
}

#[derive(Default)]
struct ScriptCounts {
    han: u32,
    kana: u32,
    /// Han characters of Japan only.
    kanji: u32,
    hangul: u32,
    simplified: u32,
    traditional: u32,
    /// Full-width punctuation.
    marks: u32,
    words: u32,
    english: u32,
    /// Common words of other languages in Latin letters.
    foreign: u32,
    /// Words in small letters, without digits, slashes and the like.
    plain: u32,
    /// Words that begin with a capital.
    names: u32,
    /// Letters of other scripts, and accented Latin letters.
    other: u32,
}

impl ScriptCounts {
    /// Counts a line of text.
    fn count_text(&mut self, text: &str) {
        let mut word = String::new();
        for c in text.chars() {
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
                continue;
            }
            self.count_word(&word);
            word.clear();
            match c {
                '\u{3041}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}' => self.kana += 1,
                '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => self.hangul += 1,
                '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                    self.han += 1;
                    match exclusive_script(c) {
                        Some(Lang::ZhHans) => self.simplified += 1,
                        Some(Lang::Ja) => self.kanji += 1,
                        Some(_) => self.traditional += 1,
                        None => {}
                    }
                }
                '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff1f}' => self.marks += 1,
                c if c.is_alphabetic() => self.other += 1,
                _ => {}
            }
        }
        self.count_word(&word);
        // Addresses, versions, file names and identifiers are not words.
        for token in text.split(|c: char| !c.is_ascii_graphic()) {
            let token = token.trim_matches(|c: char| c.is_ascii_punctuation());
            if token.len() > 1 && token.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'\'') {
                let is_plain = !token.bytes().any(|b| b.is_ascii_uppercase());
                self.plain += u32::from(is_plain);
                self.names += u32::from(!is_plain);
            }
        }
    }

    fn count_word(&mut self, word: &str) {
        const ENGLISH: [&str; 64] = [
            "the", "of", "and", "to", "in", "is", "that", "for", "was", "with", "on", "as", "by", "at",
            "from", "it", "are", "this", "has", "have", "after", "over", "into", "near", "under", "before",
            "between", "against", "who", "what", "why", "how", "says", "said", "not", "be", "his", "their",
            "its", "they", "you", "your", "we", "our", "more", "than", "about", "out", "but", "if", "when",
            "had", "been", "were", "which", "would", "can", "could", "there", "these", "other", "some",
            "only", "new",
        ];
        const FOREIGN: [&str; 30] = [
            "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "den", "dem", "le", "la", "les",
            "des", "et", "est", "une", "du", "el", "los", "las", "que", "del", "il", "di", "che", "het",
            "een", "och", "dan",
        ];
        if word.len() > 1 {
            self.words += 1;
            self.english += u32::from(ENGLISH.contains(&word));
            self.foreign += u32::from(FOREIGN.contains(&word));
        }
    }

    fn is_empty(&self) -> bool {
        self.east() + self.words + self.other == 0
    }

    fn east(&self) -> u32 {
        self.han + self.kana + self.hangul
    }

    fn language(&self) -> Lang {
        let east = self.east();
        // One Han character carries about as much as half a word of Latin letters.
        let is_dense = east >= self.words * 2;
        // Full-width punctuation shows that the sentence around the names is Chinese or Japanese.
        let weight = (east + self.marks) * if self.marks > 0 { 2 } else { 1 };
        let is_among_names = east >= self.plain * 2 && weight >= self.names;
        if east > 0 && (is_dense || is_among_names) && east >= self.other {
            if self.hangul * 3 > east {
                Lang::Ko
            } else if (self.kana + self.kanji * 4) * 8 > east {
                Lang::Ja
            } else if self.traditional > self.simplified {
                Lang::ZhHant
            } else {
                Lang::ZhHans
            }
        } else if self.words > self.other
            && self.english > self.foreign
            && (self.english * 8 > self.words || self.is_short_and_plain())
        {
            Lang::En
        } else {
            Lang::Und
        }
    }

    /// Headlines contain few function words.
    fn is_short_and_plain(&self) -> bool {
        self.other == 0 && self.words < 40
    }
}

/// Returns the script of `c`, if only Simplified Chinese, Traditional Chinese or Japanese uses `c`.
fn exclusive_script(c: char) -> Option<Lang> {
    const TABLE: usize = 0x9fff - 0x4e00 + 1;
    // A table of 20 kB, one byte per character of the main Han block, avoids a search for each character.
    static SCRIPTS: std::sync::LazyLock<[Option<Lang>; TABLE]> = std::sync::LazyLock::new(|| {
        let mut table = [None; TABLE];
        for (characters, lang) in
            [(SIMPLIFIED, Lang::ZhHans), (TRADITIONAL, Lang::ZhHant), (JAPANESE, Lang::Ja)]
        {
            for c in characters.chars() {
                if let Some(entry) = table_index(c).and_then(|at| table.get_mut(at)) {
                    *entry = Some(lang);
                }
            }
        }
        table
    });
    SCRIPTS.get(table_index(c)?).copied().flatten()
}

fn table_index(c: char) -> Option<usize> {
    (c as usize).checked_sub(0x4e00)
}

/// Common characters that only Japanese uses, in neither script of Chinese.
const JAPANESE: &str = "\
    対発営経済売労歩変覧関齢雑県図気広円沢挙検験権単戦様総続転駅団圧帰込働畑価児処庁応恵悪毎黒鉄払拡拠択抜掲\
    栄桜楽歓歳乗殻渋満滝焼畳県砕竜絵継縄繊聴脳蔵蛍読譲賛軽辺遅酔醸釈鉱銭陥険霊頼顕駆騒髄鶏";

/// Common characters that differ between the scripts, as two parallel strings; both forms of each pair belong to one
/// script only.
const SIMPLIFIED: &str = "\
    们这国来个时为说对会学发过还没样开关问题间现实业东车马鸟鱼龙门长见观规视觉亲语话论让认记讨训议许设访\
    证评识诉词译试诗诚该详误请诸读课谁调谈谋谢谣贝负贡财责贤败账货质贩贪贫购贯贱贴贵贷贸费贺贼资赋赌赏赔\
    赖赚赛赞赢赵跃践轨转轮软轻载较辅辆辈辉输辞边辽达迁运进远违连迟适选逊递逻遗邓邮邻郑酿释针钉钓钟钢钱铁\
    铜银铺链销锁错锋键锦镇镜闪闭闯闲闷闹闻阅阳阴阵阶际陆陈险随隐难雾静韩页顶项顺须顾顿预领颇频颗颜额风飞\
    饭饮馆驱驶驻驾验骂骑骗骚鲁鲜鸡鸣鸿麦黄齐齿万与专两严丧丰临举义乌乐习乡书买乱争亏亚产亿仅从仓仪价众优\
    伟传伤伦伪体侠侦侧侨俩债倾储儿党兰兴养写军农冯决况冻净减凤凭击刘则刚创别剑剧劝办务动励劲劳势勋区医华\
    协单卖卢卫厅历厉压厌县参双变号叹听启吗员响哑唤啸喷团园围图圆圣场坏块坚坛坝垄垒垦执扩扫扬扰抢护报担拟\
    拥择挂挡挤挥损换据掷携摄摆摇撑数敌断旧显晋暂术机杀杂权条杨极构枪柜标栏树桥检楼横欢欧歼残毁毕气汉汇汤\
    沟沪泪泽洁测济浓涛润涨渐温湾湿满滚滞灭灯灵灾炉点炼烂烟烦烧热爱爷牺状犹狱独狮猎献环玛电画畅疗疯盐监盖\
    盘睁础硕确碍礼祸离种积称稳穷窃竞笔签简类紧纠红约级纪纯纲纳纷纸纽线练组细织终绍经结绕给络绝统继绩续维\
    绿缅缓编缘缩缴网罗罚罢职联聪肃胁胜脑脱脸艰艺节苏药荐获营萧葱蓝虑虽蚀补装袭计导将尔尽层属岁岛岭峡币帅\
    师帐带帮库应庙废张弹强归当录彻径忆忧怀态总恋恶悬惊惧惨惯愤愿战户宁宝审宪宫宽宾寻妇妈孙头夺奖奋奥处备\
    复够";

/// Traditional counterparts.
const TRADITIONAL: &str = "\
    們這國來個時為說對會學發過還沒樣開關問題間現實業東車馬鳥魚龍門長見觀規視覺親語話論讓認記討訓議許設訪\
    證評識訴詞譯試詩誠該詳誤請諸讀課誰調談謀謝謠貝負貢財責賢敗賬貨質販貪貧購貫賤貼貴貸貿費賀賊資賦賭賞賠\
    賴賺賽贊贏趙躍踐軌轉輪軟輕載較輔輛輩輝輸辭邊遼達遷運進遠違連遲適選遜遞邏遺鄧郵鄰鄭釀釋針釘釣鐘鋼錢鐵\
    銅銀鋪鏈銷鎖錯鋒鍵錦鎮鏡閃閉闖閑悶鬧聞閱陽陰陣階際陸陳險隨隱難霧靜韓頁頂項順須顧頓預領頗頻顆顏額風飛\
    飯飲館驅駛駐駕驗罵騎騙騷魯鮮雞鳴鴻麥黃齊齒萬與專兩嚴喪豐臨舉義烏樂習鄉書買亂爭虧亞產億僅從倉儀價眾優\
    偉傳傷倫偽體俠偵側僑倆債傾儲兒黨蘭興養寫軍農馮決況凍淨減鳳憑擊劉則剛創別劍劇勸辦務動勵勁勞勢勳區醫華\
    協單賣盧衛廳歷厲壓厭縣參雙變號嘆聽啟嗎員響啞喚嘯噴團園圍圖圓聖場壞塊堅壇壩壟壘墾執擴掃揚擾搶護報擔擬\
    擁擇掛擋擠揮損換據擲攜攝擺搖撐數敵斷舊顯晉暫術機殺雜權條楊極構槍櫃標欄樹橋檢樓橫歡歐殲殘毀畢氣漢匯湯\
    溝滬淚澤潔測濟濃濤潤漲漸溫灣濕滿滾滯滅燈靈災爐點煉爛煙煩燒熱愛爺犧狀猶獄獨獅獵獻環瑪電畫暢療瘋鹽監蓋\
    盤睜礎碩確礙禮禍離種積稱穩窮竊競筆簽簡類緊糾紅約級紀純綱納紛紙紐線練組細織終紹經結繞給絡絕統繼績續維\
    綠緬緩編緣縮繳網羅罰罷職聯聰肅脅勝腦脫臉艱藝節蘇藥薦獲營蕭蔥藍慮雖蝕補裝襲計導將爾盡層屬歲島嶺峽幣帥\
    師帳帶幫庫應廟廢張彈強歸當錄徹徑憶憂懷態總戀惡懸驚懼慘慣憤願戰戶寧寶審憲宮寬賓尋婦媽孫頭奪獎奮奧處備\
    復夠";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;

    fn language(paragraphs: &[&str]) -> Lang {
        let blocks = paragraphs.iter().map(|text| Block::Paragraph(vec![Inline::text(*text)]));
        article_language("", &Document::new(blocks.collect()))
    }

    #[test]
    fn languages_are_detected() {
        for (text, lang) in [
            ("江水昨夜退了，堤上的人们终于回到家里。", Lang::ZhHans),
            ("江水昨夜退了，堤上的人們終於回到家裡。", Lang::ZhHant),
            ("佢哋話今日唔返工，喺屋企瞓覺，你哋食咗飯未呀？", Lang::ZhHant),
            ("The river fell during the night, and people went home.", Lang::En),
            ("River falls in the night", Lang::En),
            ("Ferry sails again after flood.", Lang::En),
            ("川の水は夜のうちに引き、人々は家に帰った。", Lang::Ja),
            ("渡船運航再開、本日午後。乗客数百人。検査終了。", Lang::Ja),
            ("강물이 밤사이에 빠져 사람들이 집으로 돌아갔다.", Lang::Ko),
            ("Le fleuve a baissé pendant la nuit et les habitants sont rentrés.", Lang::Und),
            ("Wir sind in Berlin und warten auf den Zug", Lang::Und),
            ("دەريا سۈيى كېچىدە تۆۋەنلىدى", Lang::Und),
            ("ཆུ་བོ་མཚན་མོར་མར་བབས", Lang::Und),
            ("据 Reuters 报道，iPhone 的销量下降了。", Lang::ZhHans),
            ("The word 江 means river, and it is used in the south.", Lang::En),
            ("Jiang Zemin (江泽民) visits the river in Paris", Lang::En),
            ("12:30", Lang::Und),
            ("", Lang::Und),
        ] {
            assert_eq!(language(&[text]), lang, "{text}");
        }
    }

    #[test]
    fn product_names_and_addresses_do_not_count_against_chinese() {
        for text in [
            "River Studio 2.0 发布：支持 Ferry Query、Bridge API 与 Dock Runtime",
            "用 npm install -g ferry-cli@latest 安装，配置写在 ~/.config/ferry/config.toml 里",
            "示例见 https://git.example/ferry/docs/blob/main/getting-started.md，欢迎提 issue。",
            "渡口团队开源 Ferry、Dock、Bridge、Tide、Pier、Anchor，都支持 Linux",
        ] {
            assert_eq!(language(&[text]), Lang::ZhHans, "{text}");
        }
    }

    #[test]
    fn code_counts_only_without_prose() {
        let code = "for the name in list of the files: print(name) and is in to the it as at from this";
        let listing = Block::Preformatted(code.to_owned());
        let inline = Block::Paragraph(vec![Inline::text("运行"), Inline::Code(vec![Inline::text(code)])]);
        let prose = Block::Paragraph(vec![Inline::text("脚本：")]);
        let detect = |blocks: Vec<Block>| article_language("", &Document::new(blocks));
        assert_eq!(detect(vec![prose, listing.clone()]), Lang::ZhHans);
        assert_eq!(detect(vec![inline]), Lang::ZhHans);
        assert_eq!(detect(vec![listing]), Lang::En);
    }

    #[test]
    fn script_tables_are_disjoint() {
        assert!(SIMPLIFIED.chars().all(|c| !TRADITIONAL.contains(c)));
        assert_eq!(SIMPLIFIED.chars().count(), TRADITIONAL.chars().count());
        assert_eq!(JAPANESE.chars().find(|c| SIMPLIFIED.contains(*c) || TRADITIONAL.contains(*c)), None);
        assert_eq!(JAPANESE.chars().find(|c| exclusive_script(*c) != Some(Lang::Ja)), None);
    }
}
