//! Properties and changes of Markdown text, line by line, before parsing.

use std::borrow::Cow;

/// Rewrites `> [!note] Title` as a quoted paragraph with the title, and spaces in the addresses of images; code is left
/// as it is.
pub(super) fn rewrite(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("[!") && !markdown.contains("![") {
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
            None if fence.is_some() => out.push_str(line),
            None => out.push_str(&without_image_spaces(line)),
        }
    }
    Cow::Owned(out)
}

/// Escapes spaces in the addresses of images, which CommonMark does not allow but programs write: `![](a b.png)`.
fn without_image_spaces(line: &str) -> Cow<'_, str> {
    const NAMES: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];
    if !line.contains("![") || line.contains('`') {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        let is_image = before.rfind("![").is_some_and(|start| !before[start..].contains(']'));
        out.push_str(before);
        out.push_str("](");
        rest = after;
        let Some(end) = after.find(')').filter(|_| is_image) else { continue };
        let address = &after[..end];
        let lower = address.to_ascii_lowercase();
        if address.contains(' ')
            && !address.contains(['"', '\'', '<', '('])
            && NAMES.iter().any(|name| lower.ends_with(name))
        {
            out.push_str(&address.trim_start().replace(' ', "%20"));
            rest = &after[end..];
        }
    }
    out.push_str(rest);
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
        assert_eq!(rewrite(code), code);
        assert_eq!(rewrite("> a [!b]\n"), "> a [!b]\n");
        assert_eq!(rewrite("> > [!tip] a\n> > b\n"), "> > **a**\n> >\n> > b\n");
    }

    #[test]
    fn spaces_in_addresses_of_images_are_escaped() {
        for (line, expected) in [
            ("![图](img/a b.png) 和 ![](c d.JPG)", "![图](img/a%20b.png) 和 ![](c%20d.JPG)"),
            ("[![a](b c.png)](d e)", "[![a](b%20c.png)](d e)"),
        ] {
            assert_eq!(rewrite(line), expected);
        }
        for line in
            ["![a](b.png \"c d.png\")", "[a](b c.png)", "`![](a b.png)`", "![](<a b.png>)", "![a](b c)"]
        {
            assert_eq!(rewrite(line), line);
        }
        assert_eq!(rewrite("```\n![](a b.png)\n```\n"), "```\n![](a b.png)\n```\n");
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
