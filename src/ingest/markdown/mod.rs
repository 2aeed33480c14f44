//! Conversion of Markdown to HTML, which the HTML parser then turns into a document.
//!
//! CommonMark with tables, strike-through, footnotes and task lists, and the additions of
//! [Obsidian](https://help.obsidian.md/obsidian-flavored-markdown): wikilinks, callouts, `==highlights==`. Raw HTML
//! passes through, as CommonMark demands.

mod source_lines;

use super::Highlight;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

pub(super) use source_lines::is_markdown;

/// Characters of text that a highlight knows before it, in its paragraph.
const CONTEXT_CHARS: usize = 32;

/// Converts Markdown to HTML.
pub(super) fn to_html(markdown: &str) -> String {
    convert(markdown).0
}

/// Converts Markdown to HTML, and returns its highlights in order.
pub(super) fn convert(markdown: &str) -> (String, Vec<Highlight>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS;
    let source = source_lines::rewrite(markdown);
    let mut writer = Writer { html: String::with_capacity(source.len() * 5 / 4), ..Writer::default() };
    for event in Parser::new_ext(&source, options) {
        writer.event(event);
    }
    (writer.html, writer.highlights)
}

/// Mark that may open a highlight.
#[derive(Clone, Copy)]
struct Opening {
    /// Position in the HTML.
    html: usize,
    /// Position in the text of the paragraph.
    plain: usize,
    /// Number of open inline elements.
    depth: usize,
}

/// Writer of HTML from parser events.
#[derive(Default)]
struct Writer<'a> {
    html: String,
    /// Open images: their alternative text is plain, so nothing inside is markup.
    images: Vec<CowStr<'a>>,
    /// Position of the alternative text of the outermost one.
    alt_start: usize,
    in_table_head: bool,
    /// Number of open inline elements.
    inline_depth: usize,
    /// The last `==` that may open a highlight.
    opening: Option<Opening>,
    highlights: Vec<Highlight>,
    /// Text of the open paragraph.
    plain: String,
    /// Position in that text of an open `<mark>`.
    mark: Option<usize>,
}

impl<'a> Writer<'a> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.images.is_empty() => self.text(&text),
            Event::Text(text) | Event::Code(text) if !self.images.is_empty() => {
                push_escaped(&mut self.html, &text)
            }
            Event::Text(_) => {}
            Event::Code(text) => self.element("code", &text),
            Event::InlineMath(text) | Event::DisplayMath(text) => push_escaped(&mut self.html, &text),
            Event::Html(text) | Event::InlineHtml(text) => match self.images.is_empty() {
                true => {
                    self.mark_tag(&text);
                    self.html.push_str(&text);
                }
                false => push_escaped(&mut self.html, &text),
            },
            Event::FootnoteReference(name) => {
                self.html.push_str("<sup><a href=\"#footnote-");
                push_escaped(&mut self.html, &name);
                self.html.push_str("\">");
                push_escaped(&mut self.html, &name);
                self.html.push_str("</a></sup>");
            }
            Event::SoftBreak => self.push_text("\n"),
            Event::HardBreak => {
                self.markup("<br>");
                self.plain.push('\n');
            }
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(is_done) => self.html.push_str(if is_done { "☑ " } else { "☐ " }),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        if is_inline(&tag.to_end()) {
            self.inline_depth += 1;
        } else {
            self.start_block();
        }
        match tag {
            Tag::Paragraph => self.html.push_str("<p>"),
            Tag::Heading { level, .. } => self.html.push_str(&format!("<{}>", heading(level))),
            Tag::BlockQuote(_) => self.html.push_str("<blockquote>\n"),
            // The first word of a fence names a language and is not displayed.
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.html.push_str("<pre>"),
            Tag::List(None) => self.html.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.html.push_str("<ol>\n"),
            Tag::List(Some(start)) => self.html.push_str(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => self.html.push_str("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.html.push_str("<div id=\"footnote-");
                push_escaped(&mut self.html, &name);
                self.html.push_str("\"><sup>");
                push_escaped(&mut self.html, &name);
                self.html.push_str("</sup> ");
            }
            Tag::Table(_) => self.html.push_str("<table>\n"),
            Tag::TableHead => {
                self.in_table_head = true;
                self.html.push_str("<tr>");
            }
            Tag::TableRow => self.html.push_str("<tr>"),
            Tag::TableCell => self.html.push_str(if self.in_table_head { "<th>" } else { "<td>" }),
            Tag::Emphasis => self.markup("<em>"),
            Tag::Strong => self.markup("<strong>"),
            Tag::Strikethrough => self.markup("<s>"),
            Tag::Superscript => self.markup("<sup>"),
            Tag::Subscript => self.markup("<sub>"),
            // The target of a wikilink is another note, which the archive may not contain.
            Tag::Link { link_type: LinkType::WikiLink { .. }, .. } => {}
            Tag::Link { dest_url, link_type, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                if self.images.is_empty() {
                    self.html.push_str("<a href=\"");
                    push_escaped(&mut self.html, scheme);
                    push_escaped(&mut self.html, &dest_url);
                    self.html.push_str("\">");
                }
            }
            Tag::Image { dest_url, .. } => {
                if self.images.is_empty() {
                    self.html.push_str("<img alt=\"");
                    self.alt_start = self.html.len();
                }
                self.images.push(dest_url);
            }
            Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if is_inline(&tag) {
            self.inline_depth = self.inline_depth.saturating_sub(1);
        } else {
            self.start_block();
        }
        match tag {
            TagEnd::Paragraph => self.html.push_str("</p>\n"),
            TagEnd::Heading(level) => self.html.push_str(&format!("</{}>\n", heading(level))),
            TagEnd::BlockQuote(_) => self.html.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => self.html.push_str("</pre>\n"),
            TagEnd::List(is_ordered) => self.html.push_str(if is_ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.html.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => self.html.push_str("</div>\n"),
            TagEnd::Table => self.html.push_str("</table>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.html.push_str("</tr>\n");
            }
            TagEnd::TableRow => self.html.push_str("</tr>\n"),
            TagEnd::TableCell => self.html.push_str(if self.in_table_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.markup("</em>"),
            TagEnd::Strong => self.markup("</strong>"),
            TagEnd::Strikethrough => self.markup("</s>"),
            TagEnd::Superscript => self.markup("</sup>"),
            TagEnd::Subscript => self.markup("</sub>"),
            // An end tag without start tag, after a wikilink, has no effect.
            TagEnd::Link => self.markup("</a>"),
            TagEnd::Image => {
                if let Some(target) = self.images.pop().filter(|_| self.images.is_empty()) {
                    self.drop_display_size();
                    self.html.push_str("\" src=\"");
                    push_escaped(&mut self.html, &target);
                    self.html.push_str("\">");
                }
            }
            TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {}
        }
    }

    /// Removes the size of display at the end of an alternative text: `渡口|300`, `300x200`.
    fn drop_display_size(&mut self) {
        let alt = &self.html[self.alt_start..];
        let (text, size) = alt.rsplit_once('|').unwrap_or(("", alt));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (width, height) = size.trim().split_once('x').unwrap_or((size.trim(), "1"));
        if is_number(width) && is_number(height) {
            self.html.truncate(self.alt_start + text.len());
        }
    }

    /// Writes a tag, except in the alternative text of an image.
    fn markup(&mut self, tag: &str) {
        if self.images.is_empty() {
            self.html.push_str(tag);
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        self.html.push_str(&format!("<{name}>"));
        self.push_text(text);
        self.html.push_str(&format!("</{name}>"));
    }

    /// Writes text, and a pair of `==` in one block at one depth as a highlight.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find("==") {
            let (before, after) = (&rest[..at], &rest[at + 2..]);
            self.push_text(before);
            let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c != '=');
            let opens = touches(after.chars().next()) || after.is_empty();
            let closes = touches(before.chars().last()) || before.is_empty();
            match self.opening.filter(|opening| {
                closes && opening.depth == self.inline_depth && opening.html + 2 < self.html.len()
            }) {
                Some(opening) => {
                    self.html.replace_range(opening.html..opening.html + 2, "<u>");
                    self.html.push_str("</u>");
                    self.plain.replace_range(opening.plain..opening.plain + 2, "");
                    self.add_highlight(opening.plain);
                    self.opening = None;
                }
                None => {
                    let here =
                        Opening { html: self.html.len(), plain: self.plain.len(), depth: self.inline_depth };
                    self.opening = opens.then_some(here).or(self.opening);
                    self.push_text("==");
                }
            }
            rest = after;
        }
        self.push_text(rest);
    }

    fn push_text(&mut self, text: &str) {
        push_escaped(&mut self.html, text);
        self.plain.push_str(text);
    }

    /// Ends highlights, which lie in one paragraph.
    fn start_block(&mut self) {
        self.opening = None;
        self.mark = None;
        self.plain.clear();
    }

    /// Takes `<mark>` in raw HTML for a highlight.
    fn mark_tag(&mut self, tag: &str) {
        let tag = tag.trim().to_ascii_lowercase();
        if tag.strip_prefix("<mark").is_some_and(|rest| rest.starts_with(['>', ' '])) {
            self.mark = Some(self.plain.len());
        } else if tag == "</mark>"
            && let Some(start) = self.mark.take()
        {
            self.add_highlight(start);
        }
    }

    /// Adds the text of the paragraph from `start` on as a highlight.
    fn add_highlight(&mut self, start: usize) {
        let (before, quote) = self.plain.split_at(start);
        let context = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
        let (prefix, quote) = (before[context..].to_owned(), quote.trim().to_owned());
        if !quote.is_empty() {
            self.highlights.push(Highlight { quote, prefix, ..Highlight::default() });
        }
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}

/// Appends `text` with the characters escaped that have a meaning in HTML.
pub(super) fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, html: &str) {
        assert_eq!(to_html(markdown).trim_end(), html, "{markdown}");
    }

    #[test]
    fn commonmark_and_tables_are_converted() {
        check(
            "# 江\n\n**水** *退* `a<b`\n",
            "<h1>江</h1>\n<p><strong>水</strong> <em>退</em> <code>a&lt;b</code></p>",
        );
        check(
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>",
        );
        check("```rust\nlet a = 1 < 2;\n```", "<pre>let a = 1 &lt; 2;\n</pre>");
        check("3. 三\n4. 四", "<ol start=\"3\">\n<li>三</li>\n<li>四</li>\n</ol>");
        check("- [x] 一\n- [ ] 二", "<ul>\n<li>☑ 一</li>\n<li>☐ 二</li>\n</ul>");
        check(
            "水[^1]\n\n[^1]: 注",
            "<p>水<sup><a href=\"#footnote-1\">1</a></sup></p>\n<div id=\"footnote-1\"><sup>1</sup> <p>注</p>\n</div>",
        );
        check("<me@a.example>", "<p><a href=\"mailto:me@a.example\">me@a.example</a></p>");
    }

    #[test]
    fn images_keep_plain_alternative_text() {
        check("![江 *水* \"x\"](a.png)", "<p><img alt=\"江 水 &quot;x&quot;\" src=\"a.png\"></p>");
        check(
            "[![a](b.png)](https://c.example)",
            "<p><a href=\"https://c.example\"><img alt=\"a\" src=\"b.png\"></a></p>",
        );
        for (alt, text) in [("渡口|300", "渡口"), ("300x200", ""), ("第3|江", "第3|江"), ("a|x", "a|x")]
        {
            check(&format!("![{alt}](b.png)"), &format!("<p><img alt=\"{text}\" src=\"b.png\"></p>"));
        }
        check("![[b.png|300]]", "<p><img alt=\"\" src=\"b.png\"></p>");
    }

    #[test]
    fn raw_html_passes_through() {
        check(
            "<details><summary>a</summary>\n\n**b**\n\n</details>",
            "<details><summary>a</summary>\n<p><strong>b</strong></p>\n</details>",
        );
        check("a <b>c</b>", "<p>a <b>c</b></p>");
    }

    #[test]
    fn wikilinks_keep_their_text() {
        check("见[[林舟]]与[[潮汐#上|潮]]。", "<p>见林舟</a>与潮</a>。</p>");
        check("![[渡口.png]]", "<p><img alt=\"渡口.png\" src=\"渡口.png\"></p>");
    }

    #[test]
    fn highlights_are_marked() {
        check("江水昨夜退了。==堤上的人==还在。", "<p>江水昨夜退了。<u>堤上的人</u>还在。</p>");
        check("==江 **水** 退==", "<p><u>江 <strong>水</strong> 退</u></p>");
        for plain in ["a == b", "a == b == c", "==江", "x==", "====", "*==a* b=="] {
            assert!(!to_html(plain).contains("<u>"), "{plain}: {}", to_html(plain));
        }
        check("`==a==`", "<p><code>==a==</code></p>");
    }

    #[test]
    fn highlights_know_the_text_before_them() {
        let (_, found) = convert(
            "江水==a==、**退**==江 **水** 退==\n\n> ==堤==上 <mark class=x>`的` 人</mark>还在\n\n==x\n\nb== `==c==`",
        );
        let parts: Vec<_> = found.iter().map(|one| (one.prefix.as_str(), one.quote.as_str())).collect();
        assert_eq!(parts, [("江水", "a"), ("江水a、退", "江 水 退"), ("", "堤"), ("堤上 ", "的 人")]);
    }

    #[test]
    fn callouts_become_quotes_with_a_title() {
        check(
            "> [!note] 说明\n> 江水退了。",
            "<blockquote>\n<p><strong>说明</strong></p>\n<p>江水退了。</p>\n</blockquote>",
        );
        check(
            "> [!WARNING]-\n> 江",
            "<blockquote>\n<p><strong>Warning</strong></p>\n<p>江</p>\n</blockquote>",
        );
    }
}
