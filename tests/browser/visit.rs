//! Visiting a site: the app on a host of its own with an archive beside it.

use crate::archives::copy;
use crate::driver::{Browser, PHONE, Screen, Start, WIDE, missing};
use crate::host::{Asked, Host, running_first};
use crate::tab::Tab;
use serde_json::{Value, json};
use sheaf::build::{Layout, Progress};
use sheaf::site::{Options, Viewer, build, offline};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};
use std::{env, fs};

/// How a site is visited.
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
}

/// A person at a site.
pub struct Reader {
    /// Where the site lies.
    pub host: Host,
    tab: Tab,
    screen: Screen,
}

/// The built app, a folder that `trunk build --release` left.
pub fn app() -> PathBuf {
    let folder = env::var_os("SHEAF_APP").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| missing("SHEAF_APP does not name the folder of a built site"));
    if !folder.join("index.html").is_file() {
        missing(&format!("there is no index.html in {}, which SHEAF_APP names", folder.display()));
    }
    folder
}

/// The app without what its own build has made of an archive.
fn viewer() -> PathBuf {
    static VIEWER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("viewer");
        Viewer::of_folder(&app()).unwrap().save(&folder).unwrap();
        folder
    });
    VIEWER.clone()
}

/// The whole site of the app and `archive`, in a folder of its own.
pub fn site(archive: &Path) -> PathBuf {
    static MADE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let folder = archive.with_file_name("site");
    // Others wait until it is whole.
    let mut made = MADE.lock().unwrap();
    if made.insert(folder.clone()) {
        make_site(&folder, &app(), archive);
    }
    folder
}

/// Puts the files of an app and an archive into `folder`, with what keeps them on a device.
pub fn make_site(folder: &Path, app: &Path, archive: &Path) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    for (path, bytes) in Viewer::of_folder(app).unwrap().files {
        fs::create_dir_all(folder.join(&path).parent().unwrap()).unwrap();
        // A page that is kept as it is on the host has to be there as it is run.
        let runs_first = path == "index.html" && Browser::chosen() == Browser::WebKit;
        let bytes = if runs_first { running_first(&bytes, "") } else { bytes.into_owned() };
        fs::write(folder.join(path), bytes).unwrap();
    }
    copy(archive, folder);
    offline::write(folder).unwrap();
}

/// A site as the program builds it, over the articles written for the project; `name` is that of its folder.
pub fn published(name: &str, layout: Option<Layout>, pages: bool) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("site");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(out.parent().unwrap()).unwrap();
    let seeds = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/demo")];
    let viewer = Some(Viewer::of_folder(&app()).unwrap());
    let options = Options { seeds, out: out.clone(), layout, viewer, pages, pictures: None };
    let built = build(&options, &Progress::hidden()).unwrap();
    assert!(built.failed.is_none(), "{:?}", built.failed);
    out
}

/// Opens `archive` on a wide screen and waits until its list is there.
pub fn open(archive: PathBuf) -> Reader {
    visit(archive).open("")
}

/// Opens `archive` on a phone and waits until its list is there.
pub fn open_on_phone(archive: PathBuf) -> Reader {
    visit(archive).on(PHONE).open("")
}

/// A visit yet to be described.
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
    }
}

/// A visit to the whole site in a folder, with its own worker.
pub fn visit_site(folder: PathBuf) -> Visit {
    Visit { keeps: true, site: Some(folder), ..visit(PathBuf::new()) }
}

impl Visit {
    /// With this window.
    pub fn on(self, screen: Screen) -> Visit {
        Visit { screen, ..self }
    }

    /// With a browser that asks for these languages.
    pub fn languages(self, languages: &'static str) -> Visit {
        Visit { languages, ..self }
    }

    /// With a browser that runs no scripts.
    pub fn without_scripts(self) -> Visit {
        Visit { scripts: false, ..self }
    }

    /// With the site in a folder of its host.
    pub fn below(self, below: &'static str) -> Visit {
        Visit { below, ..self }
    }

    /// With a host that decodes compressed files on the way.
    pub fn decoding(self) -> Visit {
        Visit { decodes: true, ..self }
    }

    /// With the worker that keeps a site, which else is left out: it fetches what no test has asked for.
    pub fn kept(self) -> Visit {
        Visit { keeps: true, ..self }
    }

    /// At an empty tab, before the site is opened.
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
            examples: host.address(),
        };
        let tab = Tab::new(Browser::chosen(), &start);
        let reader = Reader { tab, host, screen: self.screen };
        reader.at_start(TELL_REFUSALS);
        if reader.browser == Browser::WebKit {
            // Its driver cannot choose what it else takes from the system.
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

    /// With the site open at this fragment of its address, once something to read is there.
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

/// Has a page tell its host what its policy has refused.
const TELL_REFUSALS: &str = "addEventListener('securitypolicyviolation', event => {
    const what = encodeURIComponent(event.violatedDirective + ' ' + event.blockedURI);
    fetch(`${location.origin}/refused-by-policy/${what}`).catch(() => {});
});";

impl Drop for Reader {
    /// No visit may end with something that the policy of a page has refused.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let refused = self.host.asked("/refused-by-policy/");
            assert!(refused.is_empty(), "{refused:#?}");
        }
    }
}

/// The first row that is not above the list's view: its title, and how far below the edge it begins.
const PLACE: &str = "
    const wide = innerWidth >= 1120;
    const top = wide ? document.querySelector('#list').getBoundingClientRect().top : 0;
    for (const row of document.querySelectorAll('[data-row]')) {
        const box = row.getBoundingClientRect();
        if (box.bottom > top + 1) return [row.querySelector('.row__h')?.textContent ?? '', Math.round(box.top - top)];
    }
    return null;";

impl Reader {
    /// Opens the site and waits until there is something to read.
    pub fn open(&self, fragment: &str) {
        self.goto(&format!("{}{fragment}", self.host.url()));
        self.until("a list or an article is there", "return !!document.querySelector('.row__a, #read h1')");
    }

    /// Runs a script at the start of every page from now on, before its own.
    pub fn at_start(&self, script: &str) {
        match self.tab.browser {
            Browser::WebKit => self.host.run_first(script),
            _ => self.tab.at_start(script),
        }
    }

    /// The addresses that the browser asked anybody for, without `data:`, since this was last called; in WebKit since
    /// the host was last told to forget them.
    pub fn traffic(&self) -> Vec<String> {
        if self.tab.browser != Browser::WebKit {
            return self.tab.traffic();
        }
        // Its driver does not tell, but there is nobody else for it to ask than this host and proxy.
        let address = |Asked { host, path, .. }| {
            if path.starts_with('/') { format!("http://{host}{path}") } else { format!("https://{path}") }
        };
        self.host.asked("").into_iter().map(address).collect()
    }

    /// Lets long waits of the page pass twenty times as fast, so that a test of patience needs none.
    pub fn hurry(&self) {
        self.at_start(
            "const slow = window.setTimeout;
             window.setTimeout = (run, ms, ...more) => slow(run, ms >= 1000 ? ms / 20 : ms, ...more);",
        );
    }

    /// Puts the text of a file that the next pages save into `saved`, and its name into `saved_as`; none is written.
    pub fn catch_files(&self) {
        self.at_start(
            "{
                 const url = URL.createObjectURL;
                 URL.createObjectURL = blob => {
                     blob.text().then(text => { window.saved = text; });
                     return url.call(URL, blob);
                 };
                 const click = HTMLAnchorElement.prototype.click;
                 HTMLAnchorElement.prototype.click = function () {
                     if (this.download) window.saved_as = this.download; else click.call(this);
                 };
             }",
        );
    }

    /// The titles of the rows that are drawn, from the top.
    pub fn titles(&self) -> Vec<String> {
        self.texts(".row__h")
    }

    /// Waits until the list says how many articles it has.
    pub fn finds(&self, count: usize) {
        let script = "return document.querySelector('.time__n')?.innerText ?? ''";
        let seen = || self.js(script).as_str().unwrap().to_owned();
        // A count that not every text has confirmed is marked so.
        let wanted = [format!("{count} 篇"), format!("{count} 篇符合")];
        let plain = || seen().replace(',', "").replace("≈ ", "");
        self.settles(|| wanted.contains(&plain()).then_some(count).ok_or_else(seen), Ok(count));
    }

    /// Types into the search field as a person would, in place of what is there.
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

    /// Where the list stands, once it rests and the browser's history knows it.
    pub fn place(&self) -> Value {
        let noted = "const state = history.state; return JSON.stringify([state?.id, state?.offset])";
        self.rests(|| (self.js(PLACE), self.js(noted))).0
    }

    /// Scrolls the list by so many pixels.
    pub fn scroll(&self, by: i32) {
        // The list notes its place a quarter of a second after it came to rest.
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

    /// Whether a phone's layout is shown.
    pub fn is_on_phone(&self) -> bool {
        self.screen.touch
    }
}
