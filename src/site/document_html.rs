//! Article body as HTML, for pages that are read without the app.

use crate::archive::ImagePolicy;
use crate::model::{Article, Block, Figure, Lang};
use crate::publishing::MarkupWriter;
use crate::reading::{Element, MarkupSink, MarkupTexts, MarkupWalk, SlicedWalk, slices};

/// `rel` of links to other sites.
const EXTERNAL_REL: &str = "noopener noreferrer nofollow";

/// Writes lead and text of `article`. `images` decides whether remote images are embedded or linked.
pub fn write_body(html: &mut MarkupWriter, article: &Article, images: ImagePolicy) {
    let blocks = &article.body.blocks;
    let lead = article.body.lead_position();
    let (before, rest) = blocks.split_at(lead.unwrap_or_default());
    let (lead, rest) = rest.split_at(usize::from(lead.is_some()));
    let write = |html: &mut MarkupWriter, before: &[Block], rest: &[Block]| {
        let mut sink = HtmlSink { html, images };
        let mut walk = MarkupWalk::new(&mut sink, article.lang, MarkupTexts::new(article.lang));
        walk.blocks(before);
        SlicedWalk::new(walk, &slices(rest)).blocks(rest);
    };
    write(html, &[], lead);
    html.open("div", &[("class", "prose")]);
    write(html, before, rest);
    html.close("div");
}

struct HtmlSink<'w> {
    html: &'w mut MarkupWriter,
    images: ImagePolicy,
}

impl<'a> MarkupSink<'a> for HtmlSink<'_> {
    fn open(&mut self, element: Element<'a>) {
        let number = |number: Option<u16>| number.map(|number| number.to_string());
        let start = element.start.map(|start| start.to_string());
        let (columns, rows) = (number(element.columns), number(element.rows));
        let attributes = [
            ("class", element.class),
            ("id", element.id.as_deref()),
            ("lang", element.lang.map(Lang::tag)),
            ("dir", element.dir),
            ("href", element.href.as_deref()),
            ("rel", element.is_external.then_some(EXTERNAL_REL)),
            ("start", start.as_deref()),
            ("type", element.list_type),
            ("reversed", element.is_reversed.then_some("")),
            ("colspan", columns.as_deref()),
            ("rowspan", rows.as_deref()),
            ("role", element.label.map(|_| "region")),
            ("aria-label", element.label),
            ("tabindex", element.tab_index),
        ];
        let attributes = attributes.into_iter().filter_map(|(name, value)| Some((name, value?)));
        self.html.open(element.name, &attributes.collect::<Vec<_>>());
        if element.name == "pre" {
            // A parser drops the first line end in the element.
            self.html.text("\n");
        }
    }

    fn close(&mut self, name: &'static str) {
        // A void element has no end tag.
        if name != "hr" {
            self.html.close(name);
        }
    }

    fn text(&mut self, text: &'a str) {
        self.html.text(text);
    }

    fn line_break(&mut self) {
        self.html.open("br", &[]);
    }

    fn label(&mut self, text: String) {
        self.html.text(&text);
    }

    fn picture(&mut self, figure: &'a Figure, _: Lang) {
        // Pages lie one folder below the site.
        let archived = figure.archived.as_ref().filter(|_| figure.is_only_archived());
        let archived = archived.map(|image| format!("../{}", image.path()));
        let src = archived.as_deref().unwrap_or(figure.src.as_str());
        if figure.src.is_local() || self.images == ImagePolicy::On {
            let size = figure.size.map(|(width, height)| (width.to_string(), height.to_string()));
            let mut attributes = vec![("src", src), ("alt", figure.alt.as_str()), ("loading", "lazy")];
            attributes.push(("referrerpolicy", "no-referrer"));
            if let Some((width, height)) = &size {
                attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
            }
            self.html.open("img", &attributes);
        } else {
            let name = if figure.alt.is_empty() { src } else { &figure.alt };
            self.html.element("a", &[("href", src), ("rel", EXTERNAL_REL)], name);
        }
    }
}
