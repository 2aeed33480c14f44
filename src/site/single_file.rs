//! Single HTML file that contains app, style sheet and archive and opens from disk.
//!
//! ```text
//! <meta CSP>   allows the two scripts and the style sheet by digest, nothing else
//! <style>      the style sheet
//! <script>     boot.js, as in a site
//! <body>       body of the index page
//! <script id="file:archive/….json.gz" type="text/plain">   every other file, compressed, in base64
//! <script>     JavaScript glue of the app, as a classic script
//! ```
//!
//! A page opened from disk may neither import modules nor fetch files. The glue module is therefore rewritten as a
//! classic script, and the app reads files from elements of the page, decoding each on demand as in a folder.

use super::Viewer;
use super::content_security_policy::single_file_policy;
use crate::archive::writer::{WriteError, gzip};
use crate::bundle::{BuildError, write_whole};
use crate::images::PictureCache;
use crate::model::{Block, Document, ImageUrl, for_each_block_mut, is_avif};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Mark of a page with the app inside; see [`embed_file`].
pub const MARKER: &str = "id=\"file:app.wasm\"";
/// The page's file for the app, as `boot.js` knows it.
const WASM_FILE: &str = "app.wasm";
/// Files of the app that a page without a host does not need.
const EXCLUDED_EXTENSIONS: [&str; 9] =
    [".html", ".js", ".css", ".wasm", ".webmanifest", ".png", ".svg", ".ico", ".txt"];

/// Writes the pictures that came with an article into its `body`, as `data:` URLs. Returns true if there are any.
///
/// # Errors
///
/// A picture cannot be read.
pub fn embed_pictures(body: &mut Document, cache: &PictureCache) -> Result<bool, BuildError> {
    let (mut has_changed, mut failed) = (false, None);
    let mut embed = |block: &mut Block| {
        let Block::Figure(figure) = block else { return };
        let Some(image) = figure.archived.take() else { return };
        has_changed = true;
        let path = cache.path(&image);
        match fs::read(&path) {
            Ok(bytes) => {
                // The cache holds nothing else.
                let kind = if is_avif(&bytes) { "avif" } else { "webp" };
                let url = format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(bytes));
                figure.src = ImageUrl::parse(&url).unwrap_or_else(ImageUrl::stand_in);
            }
            Err(error) => failed = Some(BuildError::read(&path)(error)),
        }
    };
    for_each_block_mut(&mut body.blocks, &mut embed);
    failed.map_or(Ok(has_changed), Err)
}

/// Builds the page from the viewer, the index page `html` and the files of the archive by path.
///
/// # Errors
///
/// The viewer lacks an expected part.
pub fn single_file_page(
    viewer: &Viewer,
    html: &str,
    archive: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<u8>, BuildError> {
    let dom = Html::parse_document(html);
    let head = PageTemplate::from_dom(&dom)?;
    let style = checked_inline(viewer_text(viewer, &head.style)?, "</style")?;
    let boot = checked_inline(viewer_text(viewer, &head.boot)?, "</script")?;
    let glue = checked_inline(to_classic_script(&viewer_text(viewer, &head.module)?)?, "</script")?;
    let policy = single_file_policy(&head.policy, &style, [&boot, &glue]);

    let mut page = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><style>{style}</style>{}\
         <script>{boot}</script></head><body>{}\n",
        head.lang, head.head_elements, head.body
    )
    .into_bytes();
    embed_file(&mut page, WASM_FILE, None, viewer_file(viewer, &head.wasm)?)?;
    for (of, path) in &head.chunks {
        embed_file(&mut page, path, Some(of), viewer_file(viewer, path)?)?;
    }
    for (path, bytes) in &viewer.files {
        if !EXCLUDED_EXTENSIONS.iter().any(|end| path.ends_with(end)) {
            embed_file(&mut page, path, None, bytes)?;
        }
    }
    for (path, bytes) in archive {
        embed_file(&mut page, path, None, bytes)?;
    }
    page.extend_from_slice(format!("<script>{glue}</script></body></html>\n").as_bytes());
    Ok(page)
}

/// Appends a file as an inert, invisible element; `of` names the chunks of the app that need the file.
fn embed_file(page: &mut Vec<u8>, path: &str, of: Option<&str>, bytes: &[u8]) -> Result<(), BuildError> {
    let packed;
    let bytes = if bytes.starts_with(&[0x1F, 0x8B]) || path.ends_with(".bin") {
        bytes
    } else {
        packed = gzip::compress(bytes).map_err(WriteError::Compress)?;
        &packed
    };
    let of = of.map(|of| format!(" data-part=\"{of}\"")).unwrap_or_default();
    page.extend_from_slice(format!("<script type=\"text/plain\" id=\"file:{path}\"{of}>").as_bytes());
    page.extend_from_slice(BASE64_STANDARD.encode(bytes).as_bytes());
    page.extend_from_slice(b"</script>\n");
    Ok(())
}

/// Parts of an index page.
struct PageTemplate {
    lang: String,
    policy: String,
    style: String,
    boot: String,
    module: String,
    wasm: String,
    /// Chunk files of the app, each preceded by the names of the chunks that need the file.
    chunks: Vec<(String, String)>,
    /// Title and metadata of the page.
    head_elements: String,
    body: String,
}

impl PageTemplate {
    fn from_dom(dom: &Html) -> Result<PageTemplate, BuildError> {
        let attribute = |css: &str, name: &str| {
            let value = select_first(dom, css).and_then(|element| element.value().attr(name));
            value.map(str::to_owned).ok_or_else(|| unexpected_viewer(css))
        };
        let address = |css: &str, name: &str| {
            attribute(css, name).map(|address| address.trim_start_matches("./").to_owned())
        };
        let part = |element: &ElementRef| {
            let path = element.attr("href")?.trim_start_matches("./");
            Some((element.attr("data-part")?.to_owned(), path.to_owned()))
        };
        let kept = "head > meta[name], head > title, head > link[rel=icon][href^='data:']";
        Ok(PageTemplate {
            lang: attribute("html", "lang")?,
            policy: attribute("meta[http-equiv='Content-Security-Policy']", "content")?,
            style: address("link[rel=stylesheet]", "href")?,
            boot: address("head > script[src]", "src")?,
            module: address("link#app", "href")?,
            wasm: address("link#app", "data-wasm")?,
            chunks: select_all(dom, "link[data-part]").iter().filter_map(part).collect(),
            head_elements: select_all(dom, kept).iter().map(ElementRef::html).collect(),
            body: select_first(dom, "body")
                .map(|body| body.inner_html())
                .ok_or_else(|| unexpected_viewer("body"))?,
        })
    }
}

fn select_all<'a>(dom: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(css).map(|selector| dom.select(&selector).collect()).unwrap_or_default()
}

fn select_first<'a>(dom: &'a Html, css: &str) -> Option<ElementRef<'a>> {
    select_all(dom, css).into_iter().next()
}

fn unexpected_viewer(what: &str) -> BuildError {
    BuildError::UnexpectedViewer(what.to_owned())
}

fn viewer_file<'a>(viewer: &'a Viewer, path: &str) -> Result<&'a [u8], BuildError> {
    viewer.files.get(path).map(|bytes| &**bytes).ok_or_else(|| unexpected_viewer(path))
}

fn viewer_text(viewer: &Viewer, path: &str) -> Result<String, BuildError> {
    String::from_utf8(viewer_file(viewer, path)?.to_vec()).map_err(|_| unexpected_viewer(path))
}

/// Returns a script or style sheet if nothing in the text ends its element.
fn checked_inline(text: String, end: &str) -> Result<String, BuildError> {
    let lower = text.to_ascii_lowercase();
    match [end, "<!--"].into_iter().find(|end| lower.contains(end)) {
        Some(end) => Err(unexpected_viewer(end)),
        None => Ok(text),
    }
}

/// Rewrites the wasm-bindgen module as a classic script that exports its start function as `startSheaf`.
fn to_classic_script(module: &str) -> Result<String, BuildError> {
    let (code, exports) = module.rsplit_once("export").ok_or_else(|| unexpected_viewer("export"))?;
    let exports = exports.trim().trim_end_matches(';').trim();
    let exports = exports.strip_prefix('{').and_then(|exports| exports.strip_suffix('}'));
    let mut names =
        exports.unwrap_or_default().split(',').filter_map(|export| export.trim().split_once(" as "));
    let (start, _) =
        names.find(|(_, name)| *name == "default").ok_or_else(|| unexpected_viewer("export default"))?;
    let code = code.replace("import.meta.url", "document.baseURI");
    for keyword in ["import.meta", "import(", "import{", "import *", "export ", "export{"] {
        if code.contains(keyword) {
            return Err(unexpected_viewer(keyword));
        }
    }
    Ok(format!("(() => {{\n{code}\nglobalThis.startSheaf = {start};\n}})();"))
}

/// Writes the page to `out` atomically.
///
/// # Errors
///
/// The file cannot be written.
pub fn write_page(out: &Path, page: &[u8]) -> Result<(), BuildError> {
    // A link to the page stays.
    let real = out.canonicalize();
    Ok(write_whole(real.as_deref().unwrap_or(out), page)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_becomes_a_classic_script() {
        let check = |module: &str, expected: Option<&str>| {
            let made = to_classic_script(module).ok();
            let inner = made
                .as_deref()
                .map(|made| made.strip_prefix("(() => {\n").unwrap().strip_suffix("\n})();").unwrap());
            assert_eq!(inner, expected, "{module}");
        };
        check(
            "const import0 = 1; u = new URL('x', import.meta.url);\nexport { initSync, start as default };\n",
            Some("const import0 = 1; u = new URL('x', document.baseURI);\n\nglobalThis.startSheaf = start;"),
        );
        check("let a=1;export{b as initSync,a as default}", Some("let a=1;\nglobalThis.startSheaf = a;"));
        check("let a = 1; export { a };", None);
        check("export function f() {}\nexport { a as default };", None);
        check("import(x); export { a as default };", None);
        check("let a = 1;", None);
    }

    #[test]
    fn text_that_ends_its_element_is_rejected() {
        assert!(checked_inline("a < b".to_owned(), "</script").is_ok());
        assert!(checked_inline("'</SCRIPT >'".to_owned(), "</script").is_err());
        assert!(checked_inline("'<!--'".to_owned(), "</script").is_err());
    }
}
