//! Lenient reader of front matter.
//!
//! Programs write values without quotes, so that much front matter is invalid YAML. Each line is therefore read by
//! itself: `key: value`, items of a list, and indented text. Anchors and aliases are plain text.

/// Fields in their order: lower-case key and values.
pub(super) type FrontMatter = Vec<(String, Vec<String>)>;

/// Longest head, in lines. A `---` further down is a rule.
const MAX_LINES: usize = 2000;

/// Splits `---` or `+++` front matter from the text after it.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let mark = ["---", "+++"].into_iter().find(|mark| text.starts_with(mark))?;
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != mark {
        return None;
    }
    let mut end = 0;
    let mut has_field = false;
    for line in rest.split_inclusive('\n').take(MAX_LINES) {
        let content = line.trim_end();
        if content == mark || content == "..." {
            return has_field.then(|| (&rest[..end], &rest[end + line.len()..]));
        }
        has_field |= field(content).is_some();
        end += line.len();
    }
    None
}

/// Parses the lines between the marks.
pub(super) fn parse(head: &str) -> FrontMatter {
    let mut fields = FrontMatter::new();
    let mut block = Block::None;
    for line in head.lines() {
        let is_indented = line.starts_with([' ', '\t']);
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let last = fields.last_mut().map(|(_, values)| values);
        if let (Some(item), Some(values)) =
            (content.strip_prefix("- ").or((content == "-").then_some("")), last)
        {
            // An item of maps: `- name: 林舟`.
            let item = item.trim();
            let named = item.strip_prefix("name:").or_else(|| item.strip_prefix("title:")).unwrap_or(item);
            push_value(values, named);
            continue;
        }
        match (field(content).filter(|_| !is_indented), fields.last_mut()) {
            (Some((key, value)), _) => {
                block = Block::of(value);
                let mut values = Vec::new();
                if block == Block::None {
                    push_values(&mut values, value);
                }
                fields.push((key.to_lowercase(), values));
            }
            (None, Some((_, values))) if is_indented => match (block, values.last_mut()) {
                (Block::Text, Some(text)) => {
                    text.push(' ');
                    text.push_str(content);
                }
                (Block::Text, None) => values.push(content.to_owned()),
                // A value over several lines.
                (Block::None, Some(text)) if field(content).is_none() => {
                    text.push(' ');
                    text.push_str(unquote(content));
                }
                (Block::None, None) if field(content).is_none() => push_value(values, content),
                // A nested map, such as `author: {name: …}` in lines.
                (Block::None, _) => {
                    if let Some(("name" | "title", value)) = field(content) {
                        push_value(values, value);
                    }
                }
            },
            _ => {}
        }
    }
    fields
}

#[derive(Clone, Copy, PartialEq)]
enum Block {
    None,
    /// `key: |` or `key: >`, followed by indented lines.
    Text,
}

impl Block {
    fn of(value: &str) -> Block {
        match value {
            "|" | ">" | "|-" | ">-" | "|+" | ">+" => Block::Text,
            _ => Block::None,
        }
    }
}

/// Splits `key: value` or, in TOML, `key = value`.
fn field(line: &str) -> Option<(&str, &str)> {
    let is_key = |key: &str| {
        !key.is_empty()
            && key.len() <= 60
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | ':'))
    };
    let colon = line.split_once(": ").or_else(|| line.strip_suffix(':').map(|key| (key, "")));
    let (key, value) = colon
        .filter(|(key, _)| is_key(unquote(key.trim())))
        .or_else(|| line.split_once('=').filter(|(key, _)| is_key(key.trim())))?;
    Some((unquote(key.trim()), value.trim()))
}

/// Adds a scalar, or the items of `[a, b]`.
fn push_values(values: &mut Vec<String>, text: &str) {
    let inner = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    match inner.filter(|inner| !inner.starts_with('[')) {
        None => push_value(values, text),
        Some(inner) => {
            let mut quote = None;
            let is_comma = |c: char| {
                match (quote, c) {
                    (None, '"' | '\'') => quote = Some(c),
                    (Some(open), _) if open == c => quote = None,
                    _ => {}
                }
                c == ',' && quote.is_none()
            };
            inner.split(is_comma).for_each(|item| push_value(values, item.trim()));
        }
    }
}

fn push_value(values: &mut Vec<String>, text: &str) {
    let text = unquote(text.trim());
    if !text.is_empty() && !matches!(text, "null" | "~" | "[]" | "{}") {
        values.push(unescape(text));
    }
}

fn unquote(text: &str) -> &str {
    ['"', '\''].iter().find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(text)
}

/// Replaces `\"` and `\\`, the only escapes that clippers write.
fn unescape(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(head: &str) -> String {
        let fields = parse(head);
        fields
            .iter()
            .map(|(key, values)| format!("{key}={}", values.join("|")))
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn scalars_and_lists_are_read() {
        assert_eq!(
            shown("title: \"江: \\\"水\\\"\"\nTags: [a, 'b, c', \"d\"]"),
            "title=江: \"水\"; tags=a|b, c|d"
        );
        assert_eq!(shown("author:\n  - \"[[林舟]]\"\n  - 二\nx: 1"), "author=[[林舟]]|二; x=1");
        assert_eq!(shown("tags:\n- a\n- b"), "tags=a|b");
        assert_eq!(shown("d: >-\n  一\n  二\nx: null"), "d=一 二; x=");
        assert_eq!(shown("title = \"江\"\ntags = [\"a\"]"), "title=江; tags=a");
    }

    #[test]
    fn invalid_yaml_is_read() {
        assert_eq!(
            shown("title: 江水: 退了 [上] #1\nauthor: @a & *b"),
            "title=江水: 退了 [上] #1; author=@a & *b"
        );
        assert_eq!(
            shown("title: \"江\" 水\"\nsource: https://a.example/1?x=y: z"),
            "title=江\" 水; source=https://a.example/1?x=y: z"
        );
        assert_eq!(shown("a: &x [*x, *x]"), "a=&x [*x, *x]");
        assert_eq!(shown("author:\n  name: 林舟\n  url: https://a.example"), "author=林舟");
    }

    #[test]
    fn rule_is_no_front_matter() {
        assert_eq!(split("---\ntitle: 江\n---\n\nx"), Some(("title: 江\n", "\nx")));
        for text in ["---\n\n江水\n\n---\n", "----\na: b\n---\n", "---\na: b\n", "a\n---\n"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
