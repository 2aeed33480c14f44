//! Texts of a book that are not part of its articles.

use crate::model::Lang;

/// Texts in one language.
#[derive(Debug)]
pub struct EpubTexts {
    /// Label of the address of the original.
    pub original: &'static str,
    /// Label of the date line of the original.
    pub dateline: &'static str,
    /// Label of a picture that the book does not hold.
    pub picture: &'static str,
    /// Heading of the contents.
    pub contents: &'static str,
    /// Heading of articles without date.
    pub undated: &'static str,
    /// Heading of highlights and notes.
    pub annotations: &'static str,
    /// Title of an article without title.
    pub untitled: &'static str,
    /// Separator after a label.
    pub colon: &'static str,
    /// Separator between names.
    pub comma: &'static str,
    count: [&'static str; 2],
}

impl EpubTexts {
    /// Returns the texts in Chinese, or else in English.
    pub fn new(lang: Lang) -> &'static EpubTexts {
        match lang {
            Lang::ZhHans => &SIMPLIFIED,
            Lang::ZhHant => &TRADITIONAL,
            _ => &ENGLISH,
        }
    }

    /// Returns the number of articles.
    pub fn article_count(&self, count: usize) -> String {
        let noun = self.count[usize::from(count != 1)];
        [&count.to_string(), noun].concat()
    }
}

static SIMPLIFIED: EpubTexts = EpubTexts {
    original: "原文",
    dateline: "原文日期",
    picture: "图片",
    contents: "目录",
    undated: "日期不详",
    annotations: "划线与批注",
    untitled: "无标题",
    colon: "：",
    comma: "、",
    count: [" 篇文章"; 2],
};

static TRADITIONAL: EpubTexts = EpubTexts {
    original: "原文",
    dateline: "原文日期",
    picture: "圖片",
    contents: "目錄",
    undated: "日期不詳",
    annotations: "畫線與筆記",
    untitled: "無標題",
    colon: "：",
    comma: "、",
    count: [" 篇文章"; 2],
};

static ENGLISH: EpubTexts = EpubTexts {
    original: "Original",
    dateline: "Original date",
    picture: "Picture",
    contents: "Contents",
    undated: "Undated",
    annotations: "Highlights and notes",
    untitled: "Untitled",
    colon: ": ",
    comma: ", ",
    count: [" article", " articles"],
};
