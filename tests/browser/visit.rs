//! Fixture: the app on its own host with an archive.

use crate::archives::{copy, repository};
use crate::driver::{Browser, PHONE, Screen, Start, WIDE, missing};
use crate::host::{Asked, Host, running_first};
use crate::tab::Tab;
use serde_json::{Value, json};
use sheaf::archive::writer::ArchiveLayout;
use sheaf::bundle::BuildProgress;
use sheaf::site::{SiteOptions, Viewer, build_site, offline};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};
use std::{env, fs};

/// Button of the main menu.
const MENU: &str = "[data-opens='aa--menu']";

/// Options of a visit.
pub struct Visit {
    archive: PathBuf,
    /// A site in place of the app with the archive.
    site: Option<PathBuf>,
    screen: Screen,
    languages: &'static str,
    scripts: bool,
    below: &'static str,
    decodes: bool,
    keeps: bool,
    hides_tabs: bool,
}

/// Browser tab at a site.
pub struct Reader {
    /// Test host of the site.
    pub host: Host,
    tab: Tab,
    screen: Screen,
}

/// Returns the folder of the built app, made by `trunk build --release`.
pub fn app() -> PathBuf {
    let folder = env::var_os("SHEAF_APP").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| missing("SHEAF_APP does not name the folder of a built site"));
    if !folder.join("index.html").is_file() {
        missing(&format!("there is no index.html in {}, which SHEAF_APP names", folder.display()));
    }
    folder
}

/// Returns the app without the archive of its own build.
fn viewer() -> PathBuf {
    static VIEWER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("viewer");
        Viewer::from_folder(&app()).unwrap().save(&folder).unwrap();
        folder
    });
    VIEWER.clone()
}

/// Returns a site of the app and `archive`, in its own folder.
pub fn site(archive: &Path) -> PathBuf {
    static MADE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let folder = archive.with_file_name("site");
    // Other threads wait until the site is complete.
    let mut made = MADE.lock().unwrap();
    if made.insert(folder.clone()) {
        make_site(&folder, &app(), archive);
    }
    folder
}

/// Writes an app, an archive and the service worker into `folder`.
pub fn make_site(folder: &Path, app: &Path, archive: &Path) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    for (path, bytes) in Viewer::from_folder(app).unwrap().files {
        fs::create_dir_all(folder.join(&path).parent().unwrap()).unwrap();
        // The worker caches the page from the host, so the file must equal the served page.
        let runs_first = path == "index.html" && Browser::chosen() == Browser::WebKit;
        let bytes = if runs_first { running_first(&bytes, "") } else { bytes.into_owned() };
        fs::write(folder.join(path), bytes).unwrap();
    }
    copy(archive, folder);
    offline::write_offline_files(folder).unwrap();
}

/// Builds a site over the sample articles with the program; `name` is its folder.
pub fn published(name: &str, layout: Option<ArchiveLayout>, pages: bool) -> PathBuf {
    build_into(
        name,
        SiteOptions { seeds: vec![repository("tests/data/demo")], layout, pages, ..SiteOptions::default() },
    )
}

/// Builds a site with static pages over the files of `seeds`; `name` is its folder.
pub fn published_from(name: &str, seeds: Vec<PathBuf>) -> PathBuf {
    let layout = Some(ArchiveLayout::Small);
    build_into(name, SiteOptions { seeds, layout, pages: true, ..SiteOptions::default() })
}

/// Builds a site over the files of `seeds` with the states that came along; `name` is its folder.
pub fn published_with_states(name: &str, seeds: Vec<PathBuf>) -> PathBuf {
    build_into(name, SiteOptions { seeds, publish_states: true, ..SiteOptions::default() })
}

fn build_into(name: &str, options: SiteOptions) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("site");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(out.parent().unwrap()).unwrap();
    let viewer = Some(Viewer::from_folder(&app()).unwrap());
    let options = SiteOptions { out: out.clone(), viewer, ..options };
    let built = build_site(&options, &BuildProgress::hidden()).unwrap();
    assert!(built.error.is_none(), "{:?}", built.error);
    out
}

/// Opens `archive` on a wide screen and waits for its list.
pub fn open(archive: PathBuf) -> Reader {
    visit(archive).open("")
}

/// Opens `archive` on a phone and waits for its list.
pub fn open_on_phone(archive: PathBuf) -> Reader {
    visit(archive).on(PHONE).open("")
}

/// Starts the description of a visit.
pub fn visit(archive: PathBuf) -> Visit {
    Visit {
        archive,
        site: None,
        screen: WIDE,
        languages: "zh-CN,zh",
        scripts: true,
        below: "",
        decodes: false,
        keeps: false,
        hides_tabs: false,
    }
}

/// A visit to the whole site in a folder, with its own worker.
pub fn visit_site(folder: PathBuf) -> Visit {
    Visit { keeps: true, site: Some(folder), ..visit(PathBuf::new()) }
}

impl Visit {
    pub fn on(self, screen: Screen) -> Visit {
        Visit { screen, ..self }
    }

    /// Sets the preferred languages.
    pub fn languages(self, languages: &'static str) -> Visit {
        Visit { languages, ..self }
    }

    /// Disables scripts.
    pub fn without_scripts(self) -> Visit {
        Visit { scripts: false, ..self }
    }

    /// Puts the site below a path.
    pub fn below(self, below: &'static str) -> Visit {
        Visit { below, ..self }
    }

    /// Makes the host decode compressed files.
    pub fn decoding(self) -> Visit {
        Visit { decodes: true, ..self }
    }

    /// Enables the service worker, which is otherwise left out, since it makes requests that no test expects.
    pub fn kept(self) -> Visit {
        Visit { keeps: true, ..self }
    }

    /// Hides tabs in the background, so that they record no progress.
    pub fn hiding_tabs(self) -> Visit {
        Visit { hides_tabs: true, ..self }
    }

    /// Opens an empty tab.
    pub fn ready(self) -> Reader {
        let folders = match self.site {
            Some(site) => vec![site],
            None if self.keeps => vec![site(&self.archive)],
            None => vec![self.archive, viewer()],
        };
        let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
        let host = Host::start(&folders, self.below, self.decodes);
        let start = Start {
            screen: self.screen,
            languages: self.languages,
            scripts: self.scripts,
            hides_tabs: self.hides_tabs,
            examples: host.address(),
        };
        let tab = Tab::new(Browser::chosen(), &start);
        let reader = Reader { tab, host, screen: self.screen };
        reader.at_start(TELL_REFUSALS);
        if reader.browser == Browser::WebKit {
            // The driver cannot set this and the system's value varies.
            let languages = json!(self.languages.split(',').collect::<Vec<_>>());
            reader.at_start(&format!(
                "Object.defineProperty(Navigator.prototype, 'languages', {{ get: () => {languages} }});
                 Object.defineProperty(Navigator.prototype, 'language', {{ get: () => {languages}[0] }});"
            ));
        }
        if !self.keeps {
            reader.at_start("delete Navigator.prototype.serviceWorker");
        }
        reader
    }

    /// Opens the site at a fragment and waits for content.
    pub fn open(self, fragment: &str) -> Reader {
        let reader = self.ready();
        reader.open(fragment);
        reader
    }
}

impl Deref for Reader {
    type Target = Tab;

    fn deref(&self) -> &Tab {
        &self.tab
    }
}

/// Script that reports policy violations to the host.
const TELL_REFUSALS: &str = "addEventListener('securitypolicyviolation', event => {
    const what = encodeURIComponent(event.violatedDirective + ' ' + event.blockedURI);
    fetch(`${location.origin}/refused-by-policy/${what}`).catch(() => {});
});";

impl Drop for Reader {
    /// Checks that no page has violated its policy.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let refused = self.host.asked("/refused-by-policy/");
            assert!(refused.is_empty(), "{refused:#?}");
        }
    }
}

/// Script that returns the first visible row: its title and its offset from the upper edge.
const PLACE: &str = "
    const wide = innerWidth >= 1120;
    const top = wide ? document.querySelector('#list').getBoundingClientRect().top : 0;
    for (const row of document.querySelectorAll('[data-row]')) {
        const box = row.getBoundingClientRect();
        if (box.bottom > top + 1) return [row.querySelector('.row__h')?.textContent ?? '', Math.round(box.top - top)];
    }
    return null;";

/// Opens the main menu. Its button may move while the bar is being laid out.
pub fn open_menu(tab: &Tab) {
    tab.see(MENU);
    tab.js(&format!("document.querySelector({}).click()", json!(MENU)));
}

impl Reader {
    /// Opens the site and waits for content.
    pub fn open(&self, fragment: &str) {
        self.goto(&format!("{}{fragment}", self.host.url()));
        self.until("a list or an article is there", "return !!document.querySelector('.row__a, #read h1')");
    }

    /// Runs a script at the start of every later page, before its own scripts.
    pub fn at_start(&self, script: &str) {
        match self.tab.browser {
            Browser::WebKit => self.host.run_first(script),
            _ => self.tab.at_start(script),
        }
    }

    /// Returns the requested URLs, without `data:`, since the last call; in WebKit since the host's records
    /// were cleared.
    pub fn traffic(&self) -> Vec<String> {
        if self.tab.browser != Browser::WebKit {
            return self.tab.traffic();
        }
        // The driver cannot tell, but all requests go to this host and proxy.
        let address = |Asked { host, path, .. }| {
            if path.starts_with('/') { format!("http://{host}{path}") } else { format!("https://{path}") }
        };
        self.host.asked("").into_iter().map(address).collect()
    }

    /// Shortens pauses of the page to a twentieth. The timeout of a request stays at two seconds, since a busy machine
    /// answers late.
    pub fn hurry(&self) {
        self.at_start(
            "const slow = window.setTimeout;
             const short = ms => ms < 1000 ? ms : ms < 10_000 ? ms / 20 : ms / 5;
             window.setTimeout = (run, ms, ...more) => slow(run, short(ms), ...more);",
        );
    }

    /// Stores later downloads: their text in `saved`, a `data:` URL in `saved_url`, their names in `saved_as`. No file is
    /// written.
    pub fn catch_files(&self) {
        self.at_start(
            "{
                 const url = URL.createObjectURL;
                 URL.createObjectURL = blob => {
                     blob.text().then(text => { window.saved = text; });
                     const reader = new FileReader();
                     reader.onload = () => { window.saved_url = reader.result; };
                     reader.readAsDataURL(blob);
                     return url.call(URL, blob);
                 };
                 const click = HTMLAnchorElement.prototype.click;
                 HTMLAnchorElement.prototype.click = function () {
                     if (this.download) window.saved_as = this.download; else click.call(this);
                 };
             }",
        );
    }

    /// Returns the titles of the rendered rows in order.
    pub fn titles(&self) -> Vec<String> {
        self.texts(".row__h")
    }

    /// Waits until the list reports this number of articles.
    pub fn finds(&self, count: usize) {
        let script = "return document.querySelector('.time__n')?.innerText ?? ''";
        let seen = || self.js(script).as_str().unwrap().to_owned();
        // An unverified count is marked as approximate.
        let wanted = [format!("{count} 篇"), format!("找到 {count} 篇")];
        let plain = || seen().replace(',', "").replace("≈ ", "");
        self.settles(|| wanted.contains(&plain()).then_some(count).ok_or_else(seen), Ok(count));
    }

    /// Replaces the text of the search field by typing.
    pub fn search(&self, text: &str) {
        self.click(".find__i");
        self.js("document.querySelector('.find__i').select()");
        if text.is_empty() { self.press("Backspace") } else { self.write(text) }
    }

    /// Opens the row with this title and waits for its article.
    pub fn read(&self, title: &str) {
        self.click_text(".row__a", title);
        self.article(title);
    }

    /// Waits until this article is shown.
    pub fn article(&self, title: &str) {
        let wanted = json!(title);
        let script =
            format!("return (document.querySelector('#read h1')?.textContent ?? '').includes({wanted})");
        self.until(&format!("the article “{title}” is shown"), &script);
    }

    /// Returns the position of the list, once it is stable and stored in the history.
    pub fn place(&self) -> Value {
        let noted = "const state = history.state; return JSON.stringify([state?.id, state?.offset])";
        self.rests(|| (self.js(PLACE), self.js(noted))).0
    }

    /// Scrolls the list by pixels.
    pub fn scroll(&self, by: i32) {
        // The list stores its position 250 ms after scrolling.
        let noted = "return history.state?.id ? JSON.stringify(history.state) : ''";
        let before = self.js(noted);
        self.js(&format!(
            "(innerWidth >= 1120 ? document.querySelector('#list') : document.scrollingElement).scrollTop += {by}"
        ));
        self.until(
            "the place is noted",
            &format!("{}; return s && s !== {before}", noted.replace("return", "const s =")),
        );
    }

    /// Runs a script that may call `highlights(kind)`: the ranges of the article that are highlighted, painted or as
    /// elements.
    pub fn highlights(&self, script: &str) -> Value {
        self.js(&format!(
            "const selectors = {{ annotation: '.pen', match: 'mark', 'current-match': 'mark.is-now' }};
             const highlights = kind => CSS.highlights
                 ? [...(CSS.highlights.get(kind) ?? [])].map(part => {{
                     const range = new Range();
                     range.setStart(part.startContainer, part.startOffset);
                     range.setEnd(part.endContainer, part.endOffset);
                     return range;
                 }})
                 : [...document.querySelectorAll(`#read ${{selectors[kind]}}`)].map(element => {{
                     const range = new Range();
                     range.selectNodeContents(element);
                     return range;
                 }});
             {script}"
        ))
    }

    /// Returns the texts of the highlighted ranges of a kind.
    pub fn highlighted(&self, kind: &str) -> Vec<String> {
        let texts = self.highlights(&format!("return highlights({}).map(String)", json!(kind)));
        serde_json::from_value(texts).unwrap()
    }

    /// Clicks or taps the middle of the first line of the annotations.
    pub fn click_annotation(&self) {
        let place = self.highlights(
            "const [range] = highlights('annotation');
             range.startContainer.parentElement.scrollIntoView({ block: 'center' });
             const [line] = range.getClientRects();
             return [line.left + line.width / 2, line.top + line.height / 2]",
        );
        let place: (f64, f64) = serde_json::from_value(place).unwrap();
        if self.is_on_phone() { self.fingers(&[&[place]]) } else { self.drag(place, place) }
    }

    /// Returns true in the phone layout.
    pub fn is_on_phone(&self) -> bool {
        self.screen.touch
    }
}
