//! Spellings of words that differ in a common character, and phrases without the marks of notes.
//!
//! Folding cannot unite them, because the characters are words of their own elsewhere. A query asks for all spellings
//! instead.

use crate::text::fold;
use std::sync::OnceLock;

/// Words with several spellings, in any form of their characters.
const SPELLINGS: &str = "
身份 身分|部份 部分|成份 成分|过份 过分|充份 充分|水份 水分|养份 养分|盐份 盐分|糖份 糖分|缘份 缘分|天份 天分|本份 本分|名份 名分
情份 情分|职份 职分|辈份 辈分|份量 分量|份子 分子|份内 分内|份外 分外|福份 福分|月份 月分|年份 年分
帐号 账号|帐户 账户|帐单 账单|帐目 账目|帐簿 账簿|帐本 账本|帐面 账面|帐款 账款|记帐 记账|转帐 转账|结帐 结账|买帐 买账
算帐 算账|付帐 付账|对帐 对账|欠帐 欠账|坏帐 坏账|进帐 进账|入帐 入账|报帐 报账|做帐 做账|查帐 查账|赖帐 赖账|呆帐 呆账
连络 联络|连系 联系|关连 关联|连接 联接|连结 联结|连合 联合|连贯 联贯|连锁 联锁|连盟 联盟
甚么 什么|其它 其他|惟一 唯一|惟有 唯有|惟恐 唯恐|惟独 唯独|思惟 思维|给与 给予|赋与 赋予|授与 授予|交待 交代
姊妹 姐妹|姊姊 姐姐|大姊 大姐|学姊 学姐|师姊 师姐|表姊 表姐|人材 人才|部署 布署|担心 耽心|耽搁 担搁|耽误 担误
倒霉 倒楣|烦琐 繁琐|词汇 辞汇|撤消 撤销|销毁 消毁|热中 热衷|模仿 摹仿|模糊 糢糊|抹杀 抹煞|车厢 车箱|包厢 包箱|磨炼 磨练
锻炼 锻练|精炼 精练|老练 老炼|度假 渡假|度过 渡过|欢度 欢渡|记录 纪录|纪念 记念|刹车 煞车|弘扬 宏扬|毋须 无须|毋庸 无庸
瓷器 磁器|瓷砖 磁砖|嘴巴 嘴吧|重叠 重迭|搭档 搭当|报道 报导|起程 启程
账篷 帐篷|掺杂 搀杂|流连 留连|凋零 雕零|凋谢 雕谢
";

/// Largest number of spellings of one term.
const MAX_SPELLINGS: usize = 8;

/// Groups of spellings, folded.
fn groups() -> &'static [Vec<String>] {
    static GROUPS: OnceLock<Vec<Vec<String>>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let group = |line: &str| {
            let mut spellings: Vec<String> = line.split(' ').map(fold).collect();
            spellings.dedup();
            spellings
        };
        let groups = SPELLINGS.split(['|', '\n']).filter(|line| !line.is_empty()).map(group);
        groups.filter(|spellings| spellings.len() > 1).collect()
    })
}

/// Removes marks such as `[1]` after a character, which are not part of the texts. `None` if there are none.
fn without_note_marks(folded: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = folded;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((mark, after)) if is_number(mark) && is_in_phrase(&plain, after) => rest = after,
            _ => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    (plain.len() < folded.len()).then_some(plain)
}

/// Returns true between `before` and `after` unless a mark there may be an index, as in `a[1]`.
fn is_in_phrase(before: &str, after: &str) -> bool {
    before.chars().next_back().is_some_and(|last| !after.is_empty() || !last.is_ascii())
}

fn is_number(mark: &str) -> bool {
    (1..=3).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the other spellings of `folded`, a folded term.
pub(super) fn other_spellings(folded: &str) -> Vec<String> {
    let mut all = vec![folded.to_owned()];
    all.extend(without_note_marks(folded));
    for spellings in groups() {
        for at in 0..all.len() {
            let Some(word) = spellings.iter().find(|word| all[at].contains(word.as_str())) else { continue };
            let others = spellings.iter().filter(|other| *other != word);
            let others: Vec<String> = others.map(|other| all[at].replace(word.as_str(), other)).collect();
            all.extend(others.into_iter().take(MAX_SPELLINGS.saturating_sub(all.len())));
        }
    }
    all.remove(0);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_several_spellings_are_expanded() {
        assert_eq!(other_spellings(&fold("身分證")), [fold("身份证")]);
        assert_eq!(other_spellings(&fold("大部分身份")).len(), 3);
        assert!(other_spellings(&fold("江水")).is_empty());
        assert!(other_spellings(&fold(&SPELLINGS.replace(['|', '\n'], " "))).len() < MAX_SPELLINGS);
    }

    #[test]
    fn pasted_note_marks_are_left_out() {
        assert_eq!(other_spellings("退了[1]三尺[12]"), ["退了三尺"]);
        assert_eq!(other_spellings("the river[1] rose"), ["the river rose"]);
        for plain in ["[1]", "a[1]", "a[i]", "a[1", "退[2023]"] {
            assert!(other_spellings(plain).is_empty(), "{plain}");
        }
    }

    #[test]
    fn each_group_holds_words_that_folding_keeps_apart() {
        let lines = SPELLINGS.split(['|', '\n']).filter(|line| !line.is_empty());
        let folded: Vec<&str> = lines
            .filter(|line| {
                !groups()
                    .iter()
                    .any(|group| group.len() > 1 && *group == line.split(' ').map(fold).collect::<Vec<_>>())
            })
            .collect();
        assert!(folded.is_empty(), "{folded:?}");
    }
}
