//! Final processing of the page that trunk built, in release builds.
//!
//! Joins the style sheets, one per component, into two files to save requests: one for the list, and one that loads with
//! the chunks of the app, from the sheets marked `data-late`. Adds the content security policy. Splits the app into chunks, shortens the names it shares with its glue, and minifies the scripts. Debug builds skip
//! these steps, so that live reload works.

use crate::rename_imports;
use crate::split_wasm::{SplitApp, is_splittable, split_app};
use crate::tools::{Script, minify};
use anyhow::{Context, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};
use sheaf::model::content_hash;
use sheaf::site::content_security_policy::SITE_POLICY;
use std::fs;
use std::path::Path;

/// Links of a page that can be cached for offline reading; see `sheaf::site::offline`.
const OFFLINE_LINKS: &str = concat!(
    "<link rel=\"manifest\" href=\"./manifest.webmanifest\">",
    "<link rel=\"icon\" href=\"./icon.svg\">",
    "<link rel=\"apple-touch-icon\" href=\"./icon-180.png\">",
);

/// Chunks of the app whose components use the second style sheet.
const CHUNKS_WITH_STYLES: [&str; 2] = ["rare", "soon"];

/// Completes the page that trunk built in the folder `site`, from the project in `root`.
pub fn finalize_page(site: &Path, root: &Path) -> anyhow::Result<()> {
    let page = site.join("index.html");
    let html = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    let html = install_bundle(site, root, html)?;
    let (html, sheets) = extract_style_sheets(&html);
    // An app in one file loads no chunks.
    let is_split = html.contains("rel=\"part\"");
    let (late, first): (Vec<_>, Vec<_>) = sheets.into_iter().partition(|sheet| is_split && sheet.is_late);
    let first = join_sheets(site, "style", &first)?;
    let mut html = insert_policy(&html, &first.name, &first.digest)
        .with_context(|| format!("no <meta charset> in {}", page.display()))?;
    if !late.is_empty() {
        let late = join_sheets(site, &CHUNKS_WITH_STYLES.join("-"), &late)?;
        let link = part_link(&CHUNKS_WITH_STYLES.join(" "), &late);
        html = insert_links(&html, &link).with_context(|| format!("no </head> in {}", page.display()))?;
    }
    fs::write(&page, html).with_context(|| page.display().to_string())
}

/// Joins style sheets in the folder `site` into one file, whose name begins with `stem`, and removes them.
fn join_sheets(site: &Path, stem: &str, sheets: &[StyleSheet]) -> anyhow::Result<NamedFile> {
    let mut joined = String::new();
    for sheet in sheets {
        let path = site.join(&sheet.path);
        joined += &fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        fs::remove_file(&path).with_context(|| path.display().to_string())?;
    }
    write_named(site, stem, "css", joined.as_bytes())
}

/// File named by its content.
struct NamedFile {
    name: String,
    /// Subresource integrity value.
    digest: String,
}

fn write_named(site: &Path, stem: &str, extension: &str, bytes: &[u8]) -> anyhow::Result<NamedFile> {
    let name = format!("{stem}-{}.{extension}", content_hash(bytes));
    fs::write(site.join(&name), bytes).with_context(|| name.clone())?;
    Ok(NamedFile { name, digest: integrity(bytes) })
}

/// Returns the link to a file that the chunks `of` of the app need; `boot.js` reads it.
fn part_link(of: &str, NamedFile { name, digest }: &NamedFile) -> String {
    format!("<link rel=\"part\" data-part=\"{of}\" data-digest=\"{digest}\" href=\"./{name}\">")
}

fn insert_links(html: &str, links: &str) -> Option<String> {
    let is_possible = links.is_empty() || html.contains("</head>");
    is_possible.then(|| html.replacen("</head>", &format!("{links}</head>"), 1))
}

/// Splits the app if possible, shortens the import names, minifies the scripts, and renames all files by their content.
fn install_bundle(site: &Path, root: &Path, mut html: String) -> anyhow::Result<String> {
    let (script, app) = app_files(&html).context("no link to the app in the page")?;
    let boot = boot_file(&html).context("no script with `src` in the page")?;
    let read = |name: &str| fs::read(site.join(name)).with_context(|| name.to_owned());
    let (old_boot, old_script, old_app) = (read(&boot)?, read(&script)?, read(&app)?);
    let new_boot = minify(str::from_utf8(&old_boot)?, Script::Classic)?;
    let glue = String::from_utf8(old_script.clone())?;
    let SplitApp { glue, app: whole, chunks: parts } = match is_splittable(&glue) {
        true => split_app(root)?,
        false => SplitApp { glue, app: old_app.clone(), chunks: Vec::new() },
    };
    let (new_script, new_app) = rename_imports::shorten(&glue, &whole)?;
    let new_script = minify(&new_script, Script::Module)?;
    let files = [
        (boot, old_boot, new_boot.into_bytes(), "boot-", ".js"),
        (script, old_script, new_script.into_bytes(), "app-", ".js"),
        (app, old_app, new_app, "app-", "_bg.wasm"),
    ];
    for (name, old, new, start, end) in files {
        let renamed = format!("{start}{}{end}", content_hash(&new));
        fs::remove_file(site.join(&name)).with_context(|| name.clone())?;
        fs::write(site.join(&renamed), &new).with_context(|| renamed.clone())?;
        ensure!(html.contains(&integrity(&old)), "no integrity value for {name} in the page");
        html = html.replace(&name, &renamed).replace(&integrity(&old), &integrity(&new));
    }
    let mut links = String::new();
    for part in parts {
        let file = write_named(site, &part.of.join("-"), "wasm", &part.bytes)?;
        links += &part_link(&part.of.join(" "), &file);
    }
    let html = move_app_digest(&html).context("no preload of the app in the page")?;
    insert_links(&html, &links).context("no </head> in the page")
}

/// Moves the digest from the preload of the app to the link that `boot.js` reads, since browsers do not check the
/// integrity of a preload. The low priority lets the resources of the first paint pass.
fn move_app_digest(html: &str) -> Option<String> {
    let tag = |holds: &str| {
        let at = html.find(holds)?;
        Some(html[..at].rfind("<link")?..at + html[at..].find('>')? + 1)
    };
    let (preload, app) = (tag("rel=preload").or_else(|| tag("rel=\"preload\""))?, tag("data-wasm")?);
    let digest = attribute(&html[preload.clone()], "integrity")?;
    let named = format!("<link data-digest=\"{digest}\"{}", html[app.clone()].strip_prefix("<link")?);
    let address = attribute(&html[preload.clone()], "href")?;
    let low =
        format!("<link rel=\"preload\" href=\"{address}\" as=\"fetch\" crossorigin fetchpriority=\"low\">");
    Some(html.replacen(&html[preload], &low, 1).replacen(&html[app], &named, 1))
}

/// Returns the paths of glue and app, which the page lists for its first script.
fn app_files(html: &str) -> Option<(String, String)> {
    let mut links = html.split("<link").skip(1).filter_map(|rest| rest.split('>').next());
    let link = links.find(|link| attribute(link, "id") == Some("app"))?;
    let file = |name| Some(attribute(link, name)?.trim_start_matches("./").to_owned());
    Some((file("href")?, file("data-wasm")?))
}

/// Returns the path of the page's own script.
fn boot_file(html: &str) -> Option<String> {
    let scripts = html.split("<script").skip(1).filter_map(|rest| rest.split('>').next());
    let mut files = scripts.filter_map(|script| attribute(script, "src"));
    files.next().map(|file| file.trim_start_matches("./").to_owned())
}

/// Returns a subresource integrity value.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// Style sheet of the page that trunk built.
#[derive(Debug, PartialEq)]
struct StyleSheet {
    path: String,
    /// Needed by chunks of the app only.
    is_late: bool,
}

/// Removes the links to style sheets and icons; returns the page and the style sheets in order. Minified HTML has
/// attributes in any order and without quotes.
fn extract_style_sheets(html: &str) -> (String, Vec<StyleSheet>) {
    let mut rest = html;
    let (mut kept, mut sheets) = (String::new(), Vec::new());
    while let Some(start) = rest.find("<link ") {
        let Some(length) = rest[start..].find('>') else { break };
        let (link, after) = rest[start..].split_at(length + 1);
        kept += &rest[..start];
        match attribute(link, "rel") {
            Some("stylesheet") => {
                sheets.extend(attribute(link, "href").map(|href| StyleSheet {
                    path: href.trim_start_matches("./").to_owned(),
                    is_late: link.contains(" data-late"),
                }));
            }
            // The empty icon only stops browsers from requesting a default one.
            Some("icon") => {}
            _ => kept += link,
        }
        rest = after;
    }
    (kept + rest, sheets)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}="))?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    }
}

/// Inserts the policy after the character set, before every element it applies to, and the joined style sheet with an
/// integrity value like the scripts'.
fn insert_policy(html: &str, sheet: &str, integrity: &str) -> Option<String> {
    let charset = html.find("<meta charset")?;
    let end = charset + html[charset..].find('>')? + 1;
    let (before, after) = html.split_at(end);
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{SITE_POLICY}\">");
    let sheet = format!("<link rel=\"stylesheet\" href=\"./{sheet}\" integrity=\"{integrity}\">");
    Some(format!("{before}{policy}{sheet}{OFFLINE_LINKS}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn app_preload_has_low_priority_and_hands_over_its_digest() {
        let html = "<link data-wasm=./a.wasm href=./a.js id=app rel=app><link as=fetch href=./a.wasm integrity=sha384-x/= rel=preload>";
        let link = "<link data-digest=\"sha384-x/=\" data-wasm=./a.wasm href=./a.js id=app rel=app>";
        let preload =
            "<link rel=\"preload\" href=\"./a.wasm\" as=\"fetch\" crossorigin fetchpriority=\"low\">";
        assert_eq!(move_app_digest(html), Some([link, preload].concat()));
        assert_eq!(move_app_digest(link), None);
    }

    #[test]
    fn policy_precedes_all_elements_it_applies_to() {
        let page =
            insert_policy("<head><meta charset=\"utf-8\"><script src=a.js></script></head>", "s.css", "sha")
                .unwrap();
        let (before, after) =
            page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        assert_eq!(before, "<head><meta charset=\"utf-8\">");
        let (policy, after) = after.split_once("\">").unwrap();
        assert_eq!(
            after,
            format!(
                "<link rel=\"stylesheet\" href=\"./s.css\" integrity=\"sha\">{OFFLINE_LINKS}<script src=a.js></script></head>"
            )
        );
        assert!(policy.starts_with("default-src 'none'; ") && policy.ends_with("trusted-types sheaf"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("  "));
        assert_eq!(insert_policy("<head></head>", "s.css", ""), None);
    }

    #[test]
    fn renamed_app_is_updated_in_the_page() {
        let site = tempfile::tempdir().unwrap();
        let files = [("boot-1.js", &b"//"[..]), ("app-1.js", b" "), ("app-1_bg.wasm", b"\0asm\x01\0\0\0")];
        for (name, bytes) in files {
            fs::write(site.path().join(name), bytes).unwrap();
        }
        let [boot, script, app] = files.map(|(_, bytes)| integrity(bytes));
        let page = format!(
            "<link rel=icon><script integrity={boot} src=./boot-1.js></script><link data-wasm=./app-1_bg.wasm href=./app-1.js id=app rel=app>\
             <link href=./app-1.js integrity={script}><link href=./app-1_bg.wasm integrity={app} rel=preload>"
        );
        let html = install_bundle(site.path(), site.path(), page.clone()).unwrap();
        let (script, app) = app_files(&html).unwrap();
        let digest = |name: &str| integrity(&fs::read(site.path().join(name)).unwrap());
        assert!(html.contains(&format!("<link href=./{script} integrity={}>", digest(&script))));
        let digest = digest(&app);
        assert!(html.contains(&format!("<link data-digest=\"{digest}\" data-wasm=./{app} ")), "{html}");
        let boot = boot_file(&html).unwrap();
        let digest = integrity(&fs::read(site.path().join(&boot)).unwrap());
        assert!(html.contains(&format!("<script integrity={digest} src=./{boot}></script>")), "{html}");
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 3);
        assert!(!html.contains("app-1") && !html.contains("boot-1"), "{html}");
        let html = html.replace("sha384", "sha1");
        assert!(install_bundle(site.path(), site.path(), html).is_err());
    }

    #[test]
    fn style_sheets_are_extracted_in_order() {
        let (html, sheets) = extract_style_sheets(
            r#"<a><link rel="stylesheet" href="./x-1.css" integrity="sha"/><link data-late href=./y-2.css integrity=sha rel=stylesheet><link rel=icon href=data:,><b>"#,
        );
        assert_eq!(html, "<a><b>");
        let sheet = |path: &str, is_late| StyleSheet { path: path.to_owned(), is_late };
        assert_eq!(sheets, [sheet("x-1.css", false), sheet("y-2.css", true)]);
    }
}
