//! HTML and XML writer. Element names come from the program and values are escaped, so article text cannot become
//! markup.
//!
//! Own code of 50 lines: pages and feeds need an escaped text, an element and its attributes, no template engine.

/// Returns true for code points that HTML forbids, although they are no controls.
pub fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Markup under construction.
#[derive(Debug, Default)]
pub struct MarkupWriter(pub String);

impl MarkupWriter {
    /// Writes `<name attributes>`.
    pub fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut MarkupWriter {
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

    /// Writes `</name>`.
    pub fn close(&mut self, name: &'static str) -> &mut MarkupWriter {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    /// Writes escaped text, without characters that XML or HTML forbid.
    pub fn text(&mut self, text: &str) -> &mut MarkupWriter {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\t' | '\n' => self.0.push(c),
                c if c.is_control() || is_noncharacter(c) => {}
                c => self.0.push(c),
            }
        }
        self
    }

    /// Writes an element that contains text.
    pub fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        text: &str,
    ) -> &mut MarkupWriter {
        self.open(name, attributes).text(text).close(name)
    }

    /// Appends trusted markup.
    pub fn raw(&mut self, markup: &str) -> &mut MarkupWriter {
        self.0.push_str(markup);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        let mut html = MarkupWriter::default();
        html.element("a", &[("href", "\" onclick=\"x&y")], "<script>\u{0}\u{FFFF}\r'");
        assert_eq!(html.0, "<a href=\"&quot; onclick=&quot;x&amp;y\">&lt;script&gt;'</a>");
    }
}
