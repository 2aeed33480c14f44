//! Properties and changes of Markdown text, line by line, before parsing.

use std::borrow::Cow;

/// Rewrites `> [!note] Title` as a quoted paragraph with the title; code is left as it is.
pub(super) fn rewrite_callouts(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("[!") {
        return Cow::Borrowed(markdown);
    }
    let mut out = String::with_capacity(markdown.len() + 64);
    let mut fence = None;
    for line in markdown.split_inclusive('\n') {
        let start = fence_mark(line);
        match (fence, start) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        match callout(line).filter(|_| fence.is_none()) {
            Some((quote, title)) => {
                out.extend([quote, "**", title.trim(), "**\n", quote.trim_end(), "\n"]);
            }
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

fn fence_mark(line: &str) -> Option<&'static str> {
    let line = line.trim_start_matches(['>', ' ']);
    ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
}

/// Splits the first line of a callout into the quote marks and the title.
fn callout(line: &str) -> Option<(&str, String)> {
    let inner = line.trim_start_matches(['>', ' ']);
    let quote = &line[..line.len() - inner.len()];
    let (kind, title) = inner.strip_prefix("[!").filter(|_| quote.contains('>'))?.split_once(']')?;
    let kind = kind.split('|').next().unwrap_or_default();
    if kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let title = title.strip_prefix(['-', '+']).unwrap_or(title).trim();
    if !title.is_empty() {
        return Some((quote, title.to_owned()));
    }
    let mut letters = kind.chars();
    let first: String = letters.next()?.to_uppercase().collect();
    Some((quote, first + &letters.as_str().to_lowercase()))
}

/// Returns `true` if a text without other signs of a format is Markdown: a heading, a fence, a link, an image or
/// strong text.
pub(in crate::ingest) fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
        let is_heading = (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        let has_link =
            line.split_once("](").is_some_and(|(before, after)| before.contains('[') && after.contains(')'));
        let has_strong = line.split("**").count() >= 3;
        is_heading || has_link || has_strong || fence_mark(line).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callouts_in_code_stay() {
        let code = "```\n> [!note] a\n```\n";
        assert_eq!(rewrite_callouts(code), code);
        assert_eq!(rewrite_callouts("> a [!b]\n"), "> a [!b]\n");
        assert_eq!(rewrite_callouts("> > [!tip] a\n> > b\n"), "> > **a**\n> >\n> > b\n");
    }

    #[test]
    fn markdown_is_told_from_plain_text() {
        for text in ["# 江", "a\n\n**水**", "[a](b)", "```\na\n```"] {
            assert!(is_markdown(text), "{text}");
        }
        for text in ["江水退了。", "# no", "#话题", "a * b ** c", "1) a"] {
            assert_eq!(is_markdown(text), text == "# no", "{text}");
        }
    }
}
