//! Browser tab with user actions.
//!
//! Every call waits for the browser's reply. Asynchronous effects are polled; there are no fixed pauses.

use crate::driver::{Browser, Driver, Screen, Start, Vendor};
use crate::webdriver_bidi::Bidi;
use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MOUSE_BUTTON_RIGHT, MouseActions,
    PointerAction, TouchActions,
};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::future::Future;
use std::time::{Duration, Instant};
use std::{fs, thread};
use tokio::runtime::{Builder, Runtime};

/// Timeout of polling.
const PATIENCE: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// Tab, whose browser is closed on drop.
pub struct Tab {
    runtime: Runtime,
    client: Option<Client>,
    pub(crate) browser: Browser,
    /// BiDi connection, if the browser has one.
    pub(crate) bidi: Option<Bidi>,
    screen: Screen,
    /// Window handles in the order of opening; browsers list them in any order.
    opened: RefCell<Vec<WindowHandle>>,
    _driver: Driver,
}

impl Tab {
    /// Starts a browser with one empty tab.
    pub fn new(browser: Browser, start: &Start) -> Tab {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let driver = browser.driver();
        let connecting = async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(browser.capabilities(start)).connect(&driver.url).await
        };
        let client =
            runtime.block_on(connecting).unwrap_or_else(|error| panic!("cannot start the browser: {error}"));
        let socket =
            client.capabilities().and_then(|got| got.get("webSocketUrl")?.as_str().map(str::to_owned));
        let bidi = socket.map(|url| Bidi::connect(&url, &["log.entryAdded", "network.beforeRequestSent"]));
        let first =
            runtime.block_on(client.window()).unwrap_or_else(|error| panic!("cannot open a tab: {error}"));
        let tab = Tab {
            runtime,
            client: Some(client),
            browser,
            bidi,
            screen: start.screen,
            opened: RefCell::new(vec![first]),
            _driver: driver,
        };
        tab.fit();
        tab
    }

    /// Resizes the page to the requested size if the window frame takes part of it.
    fn fit(&self) {
        let Screen { width, height, touch } = self.screen;
        self.set_viewport(width, height, if touch { 2.0 } else { 1.0 });
    }

    pub(crate) fn run<T, E: std::fmt::Display, F: Future<Output = Result<T, E>>>(
        &self,
        what: &str,
        act: impl FnOnce(Client) -> F,
    ) -> T {
        let client = self.client.clone().unwrap();
        self.runtime.block_on(act(client)).unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    // --- navigation ---

    pub fn goto(&self, url: &str) {
        self.run(url, |client| async move { client.goto(url).await });
    }

    pub fn back(&self) {
        self.run("back", |client| async move { client.back().await });
    }

    pub fn forward(&self) {
        self.run("forward", |client| async move { client.forward().await });
    }

    pub fn url(&self) -> String {
        self.js("return location.href").as_str().unwrap().to_owned()
    }

    /// Returns the fragment, percent-decoded.
    pub fn hash(&self) -> String {
        self.js("return decodeURIComponent(location.hash)").as_str().unwrap().to_owned()
    }

    /// Opens a new tab and switches to it.
    pub fn new_tab(&self) {
        let window = self.run("a new tab", |client| async move { client.new_window(true).await }).handle;
        self.opened.borrow_mut().push(window);
        self.switch_tab(self.opened.borrow().len() - 1);
        self.fit();
    }

    /// Switches to the tab opened as number `at`, from 0.
    pub fn switch_tab(&self, at: usize) {
        let window = self.opened.borrow()[at].clone();
        self.run("another tab", |client| async move { client.switch_to_window(window).await });
    }

    pub fn tabs(&self) -> usize {
        self.run("tabs", |client| async move { client.windows().await }).len()
    }

    // --- reading ---

    /// Returns the markup of the page.
    pub fn source(&self) -> String {
        self.run("the source", |client| async move { client.source().await })
    }

    /// Returns the result of a JavaScript function body.
    pub fn js(&self, script: &str) -> Value {
        self.run(script, |client| async move { client.execute(script, Vec::new()).await })
    }

    /// Returns the result that a script passes to `done`.
    pub fn js_async(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        let script = &script;
        self.run(script, |client| async move { client.execute_async(script, Vec::new()).await })
    }

    pub fn number(&self, script: &str) -> f64 {
        self.js(script).as_f64().unwrap_or_else(|| panic!("not a number: {script}"))
    }

    /// Waits until a script returns a truthy value, and returns it.
    pub fn until(&self, what: &str, script: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = self.js(script);
            if !matches!(value, Value::Null | Value::Bool(false)) && value != json!("") && value != json!(0) {
                return value;
            }
            assert!(Instant::now() < deadline, "timed out: {what}\n  {script}");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until `look` returns `wanted`.
    pub fn settles<T: PartialEq + std::fmt::Debug>(&self, look: impl Fn() -> T, wanted: T) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let seen = look();
            if seen == wanted {
                return;
            }
            assert!(Instant::now() < deadline, "timed out: got {seen:?}\nexpected {wanted:?}");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until `look` returns the same value twice in a row.
    pub fn rests<T: PartialEq>(&self, look: impl Fn() -> T) -> T {
        let mut last = look();
        loop {
            self.js_async("setTimeout(() => requestAnimationFrame(() => done(0)), 60)");
            let now = look();
            if now == last {
                return now;
            }
            last = now;
        }
    }

    /// Waits until an element exists.
    pub fn see(&self, selector: &str) {
        self.until(
            &format!("{selector} is there"),
            &format!("return !!document.querySelector({})", json!(selector)),
        );
    }

    /// Waits until no such element exists.
    pub fn gone(&self, selector: &str) {
        self.until(
            &format!("{selector} is gone"),
            &format!("return !document.querySelector({})", json!(selector)),
        );
    }

    /// Returns true if an element exists.
    pub fn has(&self, selector: &str) -> bool {
        self.count(selector) > 0
    }

    pub fn count(&self, selector: &str) -> usize {
        self.number(&format!("return document.querySelectorAll({}).length", json!(selector))) as usize
    }

    /// Returns the rendered text of the first match.
    pub fn text(&self, selector: &str) -> String {
        self.see(selector);
        let text = self.js(&format!("return document.querySelector({}).innerText", json!(selector)));
        text.as_str().unwrap().trim().to_owned()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({})].map(e => e.innerText.trim())",
            json!(selector)
        );
        serde_json::from_value(self.js(&script)).unwrap()
    }

    /// Waits until the text of the first match contains `part`.
    pub fn shows(&self, selector: &str, part: &str) {
        let script = format!(
            "const e = document.querySelector({}); return !!e && e.innerText.includes({})",
            json!(selector),
            json!(part)
        );
        self.until(&format!("{selector} shows “{part}”"), &script);
    }

    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.see(selector);
        let script =
            format!("return document.querySelector({}).getAttribute({})", json!(selector), json!(name));
        self.js(&script).as_str().map(str::to_owned)
    }

    /// Returns the accessible name of the focused element.
    pub fn focused(&self) -> String {
        let script = "const e = document.activeElement; return e.getAttribute('aria-label') || e.innerText || e.className || e.tagName";
        self.js(script).as_str().unwrap_or_default().trim().to_owned()
    }

    // --- actions ---

    /// Clicks the first match, once it exists.
    pub fn click(&self, selector: &str) {
        self.see(selector);
        self.run(selector, |client| async move { client.find(Locator::Css(selector)).await?.click().await });
    }

    /// Clicks the first match whose text contains `text`. Retries if it is re-rendered or still moves.
    pub fn click_text(&self, selector: &str, text: &str) {
        let find = format!(
            "[...document.querySelectorAll({})].find(e => e.innerText.includes({}))",
            json!(selector),
            json!(text)
        );
        self.click_found(&format!("{selector} with “{text}”"), &find);
    }

    /// Clicks the visible element with a role and an accessible name, or else the first one whose name contains `name`.
    /// Only the open modal dialog, if any, is searched. Retries if the element is re-rendered or still moves.
    pub fn click_role(&self, role: &str, name: &str) {
        let find = format!("({FIND_BY_ROLE})({}, {})", json!(role), json!(name));
        self.click_found(&format!("{role} “{name}”"), &find);
    }

    /// Clicks the element that the expression `find` returns.
    fn click_found(&self, what: &str, find: &str) {
        let mark = format!(
            "const e = {find};
             document.querySelectorAll('[data-test]').forEach(e => e.removeAttribute('data-test'));
             e?.setAttribute('data-test', ''); return !!e"
        );
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.until(what, &mark);
            let clicked = self.run("click", |client| async move {
                let clicked = async { client.find(Locator::Css("[data-test]")).await?.click().await }.await;
                Ok::<_, CmdError>(clicked)
            });
            match clicked {
                Err(error)
                    if error.is_no_such_element()
                        || error.is_stale_element_reference()
                        || is_covered(&error) => {}
                clicked => return clicked.unwrap_or_else(|error| panic!("{what}: {error}")),
            }
            assert!(Instant::now() < deadline, "{what} is covered or keeps moving");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Presses a key or a combination, such as `j`, `Enter`, `Shift+ArrowRight`.
    pub fn press(&self, keys: &str) {
        let keys: Vec<char> = if keys == "+" { vec!['+'] } else { keys.split('+').map(key).collect() };
        let mut actions = KeyActions::new("keyboard".to_owned());
        for &value in &keys {
            actions = actions.then(KeyAction::Down { value });
        }
        for &value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        self.run("press", |client| async move { client.perform_actions(actions).await });
    }

    /// Types text into the focused element.
    pub fn write(&self, text: &str) {
        for value in text.chars() {
            let actions = KeyActions::new("keyboard".to_owned())
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
            self.run("write", |client| async move { client.perform_actions(actions).await });
        }
    }

    /// Drags the mouse from one point of the window to another.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let actions = MouseActions::new("mouse".to_owned())
            .then(at(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(at(middle))
            .then(at(to))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.run("drag", |client| async move { client.perform_actions(actions).await });
    }

    /// Presses the right mouse button at a point of the window, with keys held down.
    pub fn right_click(&self, place: (f64, f64), keys: &[Key]) {
        let mouse = MouseActions::new("mouse".to_owned())
            .then(at(place))
            .then(PointerAction::Down { button: MOUSE_BUTTON_RIGHT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_RIGHT });
        let held = keys.iter().fold(KeyActions::new("keyboard".to_owned()), |held, key| {
            held.then(KeyAction::Down { value: key.clone().into() })
        });
        self.run("hold keys", |client| async move { client.perform_actions(held).await });
        self.run("right click", |client| async move { client.perform_actions(mouse).await });
        if !keys.is_empty() {
            self.run("release keys", |client| async move { client.release_actions().await });
        }
    }

    /// Moves fingers along paths with equal numbers of steps, then lifts them.
    pub fn fingers(&self, paths: &[&[(f64, f64)]]) {
        let mut actions = Actions::default();
        for (finger, path) in paths.iter().enumerate() {
            let mut touch = TouchActions::new(format!("finger {finger}"));
            for (step, &place) in path.iter().enumerate() {
                touch = touch.then(at(place));
                if step == 0 {
                    touch = touch.then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
                }
            }
            actions = actions.and(touch.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT }));
        }
        self.run("fingers", |client| async move { client.perform_actions(actions).await });
    }

    /// Taps a point twice without a pause.
    pub fn tap_twice(&self, place: (f64, f64)) {
        let button = MOUSE_BUTTON_LEFT;
        let taps = (0..2).fold(TouchActions::new("finger 0".to_owned()).then(at(place)), |taps, _| {
            taps.then(PointerAction::Down { button }).then(PointerAction::Up { button })
        });
        self.run("two taps", |client| async move { client.perform_actions(taps).await });
    }

    /// Swipes a finger from one point of the window to another.
    pub fn sweep(&self, from: (f64, f64), to: (f64, f64)) {
        let place = |step: u32| {
            let part = f64::from(step) / 8.0;
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        };
        let path: Vec<(f64, f64)> = (0..=8).map(place).collect();
        self.fingers(&[&path]);
    }

    /// Returns role and accessible name of the visible elements that match `selector`.
    pub fn spoken(&self, selector: &str) -> Vec<(String, String)> {
        self.undisturbed(selector, async |client| {
            let mut spoken = Vec::new();
            for element in client.find_all(Locator::Css(selector)).await? {
                if element.is_displayed().await? {
                    spoken.push(speak(&client, &element).await?);
                }
            }
            Ok(spoken)
        })
    }

    /// Returns role and accessible name of the focused element, even if the window is not focused.
    pub fn spoken_in_focus(&self) -> (String, String) {
        self.undisturbed("the focus", async |client| speak(&client, &client.active_element().await?).await)
    }

    /// Reads elements, and retries if they are re-rendered meanwhile.
    fn undisturbed<T>(&self, what: &str, look: impl AsyncFn(Client) -> Result<T, CmdError>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.run(what, |client| async { Ok::<_, CmdError>(look(client).await) }) {
                Err(error) if error.is_stale_element_reference() && Instant::now() < deadline => {}
                seen => return seen.unwrap_or_else(|error| panic!("{what}: {error}")),
            }
        }
    }
}

/// Function that returns the element with a role and an accessible name.
const FIND_BY_ROLE: &str = "(role, name) => {
    const native = { button: 'button, summary', link: 'a[href]', radio: 'input[type=radio]', searchbox: 'input[type=search]' };
    const root = [...document.querySelectorAll('[aria-modal=true]')].pop() ?? document;
    const nameOf = e => {
        const labels = (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id));
        const label = labels.map(label => label?.textContent ?? '').join(' ').trim();
        return (label || e.getAttribute('aria-label') || e.textContent).trim();
    };
    const elements = [...root.querySelectorAll([`[role=${role}]`, native[role]].filter(Boolean).join())]
        .filter(e => (e.getAttribute('role') ?? role) === role && e.getClientRects().length > 0);
    return elements.find(e => nameOf(e) === name) ?? elements.find(e => nameOf(e).includes(name));
}";

/// Returns role and accessible name of an element.
async fn speak(client: &Client, element: &Element) -> Result<(String, String), CmdError> {
    let path = |what| format!("element/{}/{what}", element.element_id().as_ref());
    let role = client.issue_cmd(Vendor::get(path("computedrole"))).await?;
    let name = client.issue_cmd(Vendor::get(path("computedlabel"))).await?;
    let text = |value: Value| value.as_str().unwrap_or_default().trim().to_owned();
    Ok((text(role), text(name)))
}

/// Moves the pointer to a point of the window at once.
pub(crate) fn at((x, y): (f64, f64)) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::ZERO), x, y }
}

fn key(name: &str) -> char {
    match name {
        "Enter" => Key::Enter.into(),
        "Escape" => Key::Escape.into(),
        "F10" => Key::F10.into(),
        "Tab" => Key::Tab.into(),
        "Shift" => Key::Shift.into(),
        "Home" => Key::Home.into(),
        "End" => Key::End.into(),
        "Backspace" => Key::Backspace.into(),
        "PageDown" => Key::PageDown.into(),
        "ArrowLeft" => Key::Left.into(),
        "ArrowRight" => Key::Right.into(),
        "ArrowUp" => Key::Up.into(),
        "ArrowDown" => Key::Down.into(),
        letter => letter.chars().next().unwrap(),
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        let failed = thread::panicking();
        let closing = async {
            if failed && let Ok(picture) = client.screenshot().await {
                let name = thread::current().name().unwrap_or("test").replace("::", "-");
                let path = format!("{}/{name}.png", env!("CARGO_TARGET_TMPDIR"));
                if fs::write(&path, picture).is_ok() {
                    eprintln!("screenshot: {path}");
                }
            }
            client.close().await
        };
        // A browser that hangs is killed with its driver.
        let limited = async { tokio::time::timeout(Duration::from_secs(10), closing).await };
        let _ = self.runtime.block_on(limited);
    }
}

/// Returns true if another element would have received the click.
fn is_covered(error: &CmdError) -> bool {
    matches!(error, CmdError::Standard(error) if error.error == ErrorStatus::ElementClickIntercepted)
}
