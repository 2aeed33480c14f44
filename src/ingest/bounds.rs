//! Bounds of titles, addresses and numbers of images.
//!
//! Titles and addresses are part of the catalogue, which every visitor loads. A browser needs seconds for thousands of
//! images in one article. Whatever exceeds a bound stays as text in the body.

use super::diagnostics::Diagnostics;
use crate::model::{Article, Block, Figure, Id, Inline};

/// Maximum length of a title in characters.
const MAX_TITLE_CHARS: usize = 1_000;
/// Maximum length of an address in bytes; servers accept less.
const MAX_ADDRESS_BYTES: usize = 8_192;
/// Maximum number of images in an article.
const MAX_FIGURES: usize = 500;

/// Applies the bounds to an article.
pub(super) fn apply(article: &mut Article, found: &mut Diagnostics) {
    let mut figures = FigureBound { left: MAX_FIGURES, removed: 0 };
    figures.apply(&mut article.body.blocks);
    if figures.removed > 0 {
        let text = format_args!(
            "more than {MAX_FIGURES} images: the addresses of {} are text in the article",
            figures.removed
        );
        found.warn(1, "many-images", text);
    }
    if let Some(url) = article.url.take_if(|url| url.as_str().len() > MAX_ADDRESS_BYTES) {
        let text = format_args!("address longer than {MAX_ADDRESS_BYTES} bytes: kept as text in the article");
        found.warn(1, "long-url", text);
        article.id = Id::from_path(&article.path);
        article.body.blocks.push(Block::Paragraph(vec![Inline::text(url.as_str())]));
    }
    if let Some((end, _)) = article.title.char_indices().nth(MAX_TITLE_CHARS) {
        let text = format_args!(
            "title longer than {MAX_TITLE_CHARS} characters: the whole title is text in the article"
        );
        found.warn(1, "long-title", text);
        let short = format!("{}…", article.title[..end].trim_end());
        let title = std::mem::replace(&mut article.title, short);
        // A title taken from the first line of the text is there already.
        if article.lines().get(1).is_none_or(|line| !line.starts_with(&title)) {
            article.body.blocks.insert(0, Block::Paragraph(vec![Inline::text(&title)]));
        }
    }
}

struct FigureBound {
    /// Number of images that may follow.
    left: usize,
    /// Number of images replaced by text.
    removed: usize,
}

impl FigureBound {
    /// Replaces images beyond the bound by their texts and addresses.
    fn apply(&mut self, blocks: &mut Vec<Block>) {
        let mut kept = Vec::with_capacity(blocks.len());
        let mut lines: Vec<String> = Vec::new();
        for mut block in std::mem::take(blocks) {
            match &mut block {
                Block::Figure(figure) if self.left == 0 => {
                    self.removed += 1;
                    lines.extend(figure_text(figure));
                    continue;
                }
                Block::Figure(_) => self.left -= 1,
                _ => block.children_mut().into_iter().for_each(|inner| self.apply(inner)),
            }
            push_lines(&mut kept, &mut lines);
            kept.push(block);
        }
        push_lines(&mut kept, &mut lines);
        *blocks = kept;
    }
}

fn push_lines(blocks: &mut Vec<Block>, lines: &mut Vec<String>) {
    if !lines.is_empty() {
        blocks.push(Block::Preformatted(std::mem::take(lines).join("\n")));
    }
}

/// Returns alternative text, address and caption of an image. An inlined image has no address.
fn figure_text(figure: &Figure) -> impl Iterator<Item = String> {
    let caption = Inline::join_text(&figure.caption);
    let address = Some(figure.src.as_str()).filter(|_| !figure.src.is_local()).unwrap_or_default();
    [figure.alt.clone(), address.to_owned(), caption].into_iter().filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Ingested, ingest};
    use crate::model::Block;

    fn read(title: &str, url: &str, body: &str) -> Ingested {
        let file = format!("<!--1697471101000-->\n[{title}]({url})\n------\n\n{body}");
        ingest("a.md", file.as_bytes()).unwrap()
    }

    fn codes(read: &Ingested) -> Vec<&str> {
        read.warnings.iter().map(|warning| warning.code).collect()
    }

    #[test]
    fn long_title_is_shortened_and_stays_in_the_text() {
        let title = "长".repeat(1_001);
        let long = read(&title, "https://a.example/1", "<p>正文。</p>");
        assert_eq!(long.article.title, format!("{}…", "长".repeat(1_000)));
        assert_eq!(long.article.lines()[1..], [title.as_str(), "正文。"]);
        assert_eq!(codes(&long), ["long-title"]);
        let title = "长".repeat(1_000);
        let whole = read(&title, "https://a.example/1", "<p>正文。</p>");
        assert_eq!((whole.article.title.as_str(), codes(&whole).len()), (title.as_str(), 0));
    }

    #[test]
    fn long_first_line_as_title_is_not_repeated() {
        let text = "长".repeat(2_000);
        let long = ingest("a.md", format!("<p>{text}</p>").as_bytes()).unwrap().article;
        assert!(long.title.chars().count() <= 1_001, "{}", long.title.len());
        assert_eq!(long.text().matches(&text).count(), 1);
    }

    #[test]
    fn long_address_becomes_text() {
        let url = format!("https://a.example/{}", "x".repeat(9_000));
        let long = read("题", &url, "<p>正文。</p>");
        assert_eq!(long.article.url, None);
        assert_eq!(long.article.lines()[1..], ["正文。", url.as_str()]);
        assert_eq!((codes(&long), long.article.source.as_str()), (vec!["long-url"], "a.example"));
    }

    #[test]
    fn images_beyond_the_bound_become_text_in_place() {
        let images = |range: std::ops::Range<u32>| {
            range.map(|n| format!("<p><img src=\"https://p.example/{n}.jpg\"></p>")).collect::<String>()
        };
        let body = format!("<p>前文。</p>{}<p>中文。</p>{}<p>后文。</p>", images(0..502), images(502..600));
        let many = read("题", "https://a.example/1", &body);
        let mut count = 0;
        many.article.body.for_each_block(|block| count += usize::from(matches!(block, Block::Figure(_))));
        assert_eq!((count, codes(&many)), (500, vec!["many-images"]));
        let text = many.article.text();
        for n in 500..600 {
            assert_eq!(text.matches(&format!("https://p.example/{n}.jpg")).count(), 1, "{n}");
        }
        assert!(text.find("501.jpg").unwrap() < text.find("中文").unwrap());
        assert!(text.find("502.jpg").unwrap() > text.find("中文").unwrap());
    }
}
