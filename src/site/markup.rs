//! HTML and XML, written so that no text of an article can become markup: names are the program's, values are escaped.

/// Markup in the making.
#[derive(Debug, Default)]
pub struct Markup(pub String);

impl Markup {
    /// `<name attributes>`.
    pub fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut Markup {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// `</name>`.
    pub fn close(&mut self, name: &'static str) -> &mut Markup {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    /// Characters, without those that XML cannot hold.
    pub fn text(&mut self, text: &str) -> &mut Markup {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\t' | '\n' => self.0.push(c),
                c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
                c => self.0.push(c),
            }
        }
        self
    }

    /// An element with text in it.
    pub fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        text: &str,
    ) -> &mut Markup {
        self.open(name, attributes).text(text).close(name)
    }

    /// What is markup already.
    pub fn raw(&mut self, markup: &str) -> &mut Markup {
        self.0.push_str(markup);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut html = Markup::default();
        html.element("a", &[("href", "\" onclick=\"x&y")], "<script>\u{0}\u{FFFF}\r'");
        assert_eq!(html.0, "<a href=\"&quot; onclick=&quot;x&amp;y\">&lt;script&gt;'</a>");
    }
}
