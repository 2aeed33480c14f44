//! The one pencil: marking what is selected, and what can be done with a passage that is marked.

use super::Layout;
use super::find::elements;
use super::lines;
use crate::app::components::icon::{Shape, icon};
use crate::app::components::panel::Panel;
use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::app::i18n::Ui;
use crate::app::keep::{Keeper, now};
use crate::app::script::Reading;
use crate::keep::{Change, Passage};
use crate::view::{Action, between};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

/// What style sheets call the panel of a note.
const NAME: &str = "aa--note";
/// How long a selection rests before something is offered for it.
const REST_MS: u32 = 200;
/// The height of the bar, and how far it keeps from the words and from the edges, in pixels.
const BAR: f64 = 44.0;
const APART: f64 = 8.0;
/// So many characters of a passage are searched for.
const SEARCHED: usize = 40;

/// What the reader has marked in the article that is shown.
#[hook]
pub fn use_passages(keeper: &Keeper, reading: &Option<Reading>) -> (Rc<Vec<Passage>>, Rc<Vec<Passage>>) {
    let passages = use_memo((keeper.version(), reading.clone()), |(_, reading)| {
        reading.as_ref().map(|reading| reading.passages(&keeper.kept())).unwrap_or_default()
    });
    // Another mark elsewhere draws nothing anew.
    let found = use_memo(passages.found.clone(), Vec::clone);
    let lost = use_memo(passages.lost.clone(), Vec::clone);
    {
        let keeper = keeper.clone();
        use_effect_with((found.clone(), reading.is_some()), move |(found, is_here)| {
            let aim = if *is_here { keeper.take_aim() } else { None };
            let at = aim.and_then(|aim| found.iter().position(|passage| passage.key == aim));
            let pieces = at.map(|at| elements(&format!("#read .pen[data-pen=\"{at}\"]")));
            if let Some(piece) = pieces.as_ref().and_then(|pieces| pieces.first()) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Center);
                piece.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    (found, lost)
}

/// The passages whose words are gone, with a way to let go of each.
pub fn lost(lost: &[Passage], keeper: &Keeper, ui: Ui) -> Html {
    let texts = ui.pencil();
    let item = |passage: &Passage| {
        let (keeper, key) = (keeper.clone(), passage.key.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            keeper.act(texts.did_remove, vec![Change::Highlight(key.clone(), None)]);
        });
        html! {
            <li key={passage.key.clone()}>
                <blockquote class="quote">{ passage.quote.clone() }</blockquote>
                if !passage.note.is_empty() {
                    <p class="quote__n">{ passage.note.clone() }</p>
                }
                <button type="button" class="link" onclick={remove}>{ texts.remove }</button>
            </li>
        }
    };
    html! {
        if !lost.is_empty() {
            <section class="lost" lang={ui.tag()}>
                <h2 class="after__h">{ texts.lost }</h2>
                <p class="lost__p">{ texts.lost_hint }</p>
                <ul>{ for lost.iter().map(item) }</ul>
            </section>
        }
    }
}

/// See [`Pencil`].
#[derive(Properties, PartialEq)]
pub struct PencilProps {
    /// The article that is shown.
    pub reading: Reading,
    /// The passages in it.
    pub passages: Rc<Vec<Passage>>,
    /// What the reader keeps.
    pub keeper: Keeper,
    /// Where the reader stands.
    pub layout: Layout,
    /// The language of the interface.
    pub ui: Ui,
    /// Does something.
    pub navigate: Callback<Action>,
}

/// What the bar is about.
#[derive(Clone, Default, PartialEq)]
enum Picked {
    /// There is no bar.
    #[default]
    Nothing,
    /// Selected words: their bytes of the shown text.
    Words(Range<usize>),
    /// The passage with this key.
    Passage(String),
}

/// What is done with the page.
enum Pick {
    /// Words are selected, or none any more.
    Select(Option<Range<usize>>),
    /// A passage is pressed, or something else.
    Press(Option<String>),
}

impl Reducible for Picked {
    type Action = Pick;

    fn reduce(self: Rc<Picked>, pick: Pick) -> Rc<Picked> {
        match pick {
            // A press on a passage ends a selection, not the other way round.
            Pick::Select(None) if matches!(*self, Picked::Passage(_)) => self,
            Pick::Select(None) | Pick::Press(None) => Rc::default(),
            Pick::Select(Some(words)) => Rc::new(Picked::Words(words)),
            Pick::Press(Some(key)) => Rc::new(Picked::Passage(key)),
        }
    }
}

/// The bar at what is selected or pressed, and the panel in which a note is written.
#[component]
pub fn Pencil(props: &PencilProps) -> Html {
    let PencilProps { reading, passages, keeper, ui, .. } = props;
    let picked = use_reducer_eq(Picked::default);
    let leave = {
        let pick = picked.dispatcher();
        Callback::from(move |()| pick.dispatch(Pick::Press(None)))
    };
    let writing = use_state_eq(|| None::<String>);
    let bar = use_node_ref();
    use_picking(props, picked.dispatcher(), bar.clone());
    use_placing(&bar, &picked, passages);
    let texts = ui.pencil();
    let mark = {
        let (reading, keeper, leave) = (reading.clone(), keeper.clone(), leave.clone());
        move |range: &Range<usize>| {
            let range = reading.origin(range.clone());
            let marked = keeper.kept().highlight(&reading.original, range, new_key(), now());
            let (key, changes) = marked?;
            keeper.act(texts.did_mark, changes);
            unselect();
            leave.emit(());
            Some(key)
        }
    };
    let button = |label: &'static str, command: &'static str, shape: Shape, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="pbar__b" data-command={command} {onclick}>{ icon(shape) }<span>{ label }</span></button>
        }
    };
    let write = |key: &str| {
        let (writing, leave, key) = (writing.setter(), leave.clone(), key.to_owned());
        Callback::from(move |_: MouseEvent| {
            leave.emit(());
            writing.set(Some(key.clone()));
        })
    };
    let find = |words: &str| {
        let (navigate, layout, words) = (props.navigate.clone(), props.layout, phrase(words));
        Callback::from(move |_: MouseEvent| {
            unselect();
            navigate.emit(match layout {
                Layout::Pane => Action::Search(words.clone()),
                _ => Action::SearchAll(words.clone()),
            });
        })
    };
    let buttons = match &*picked {
        Picked::Words(range) => {
            let text = reading.article.text();
            let words = text.get(range.clone()).unwrap_or_default();
            let highlight = {
                let (mark, range) = (mark.clone(), range.clone());
                Callback::from(move |_: MouseEvent| drop(mark(&range)))
            };
            let note = {
                let (range, writing) = (range.clone(), writing.setter());
                Callback::from(move |_: MouseEvent| writing.set(mark(&range)))
            };
            Some(html! {
                <>
                    { button(texts.mark, "highlight", Shape::Pencil, highlight) }
                    { button(texts.note, "note", Shape::Note, note) }
                    { button(texts.find, "find-words", Shape::Search, find(words)) }
                </>
            })
        }
        Picked::Passage(key) => passages.iter().find(|passage| passage.key == *key).map(|passage| {
            let remove = {
                let (keeper, leave, key) = (keeper.clone(), leave.clone(), key.clone());
                Callback::from(move |_: MouseEvent| {
                    leave.emit(());
                    keeper.act(texts.did_remove, vec![Change::Highlight(key.clone(), None)]);
                })
            };
            html! {
                <>
                    { button(texts.note, "note", Shape::Note, write(key)) }
                    { button(texts.remove, "unmark", Shape::Close, remove) }
                    { button(texts.find, "find-words", Shape::Search, find(&passage.quote)) }
                </>
            }
        }),
        Picked::Nothing => None,
    };
    // A press on the bar leaves the selection as it is.
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    let onkeydown = {
        let leave = leave.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                leave.emit(());
            }
        })
    };
    let form = writing.as_ref().map(|key| {
        let close = {
            let writing = writing.setter();
            Callback::from(move |()| writing.set(None))
        };
        html! { <Form key={key.clone()} name={key.clone()} keeper={keeper.clone()} ui={*ui} {close} /> }
    });
    html! {
        <>
            if let Some(buttons) = buttons {
                <div ref={bar} class="pbar" role="toolbar" aria-label={texts.bar} onmousedown={hold} {onkeydown}>{ buttons }</div>
            }
            { form.unwrap_or_default() }
        </>
    }
}

/// Follows what is selected and which passage is pressed.
#[hook]
fn use_picking(props: &PencilProps, pick: UseReducerDispatcher<Picked>, bar: NodeRef) {
    let lines = use_memo(props.reading.article.clone(), |article| article.lines());
    {
        let pick = pick.clone();
        use_effect_with(lines, move |lines| {
            let (lines, timer) = (lines.clone(), Rc::new(RefCell::new(None)));
            pick.dispatch(Pick::Press(None));
            let look = move || {
                let words = lines::selected().map(|(start, end)| start.byte(&lines)..end.byte(&lines));
                pick.dispatch(Pick::Select(words.filter(|words| !words.is_empty())));
            };
            let look = Rc::new(look);
            let listener = dom::document().map(|document| {
                EventListener::new(&document, "selectionchange", move |_| {
                    let look = look.clone();
                    *timer.borrow_mut() = Some(Timeout::new(REST_MS, move || look()));
                })
            });
            move || drop(listener)
        });
    }
    use_effect_with(props.passages.clone(), move |passages| {
        let passages = passages.clone();
        let listener = dom::document().map(|document| {
            EventListener::new(&document, "click", move |event| {
                let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
                    return;
                };
                let on_bar = bar.cast::<Element>().is_some_and(|bar| bar.contains(Some(&target)));
                if on_bar || lines::selected().is_some() {
                    return;
                }
                let pressed = match target.closest("#read a").ok().flatten() {
                    Some(_) => None,
                    None => target.closest("#read [data-pen]").ok().flatten(),
                };
                let number =
                    pressed.as_ref().and_then(|it| it.get_attribute("data-pen")?.parse::<usize>().ok());
                let passage = number.and_then(|number| passages.get(number));
                pick.dispatch(Pick::Press(passage.map(|passage| passage.key.clone())));
                if pressed.is_some_and(|pressed| pressed.tag_name() == "BUTTON") {
                    Timeout::new(0, || dom::focus(".pbar button")).forget();
                }
            })
        });
        move || drop(listener)
    });
}

/// Keeps the bar at what it is about, also while the page is scrolled. On a phone it lies over the tools instead.
#[hook]
fn use_placing(bar: &NodeRef, picked: &Picked, passages: &Rc<Vec<Passage>>) {
    let bar = bar.clone();
    use_effect_with((picked.clone(), passages.clone()), move |(picked, passages)| {
        let number = match picked {
            Picked::Passage(key) => passages.iter().position(|passage| passage.key == *key),
            _ => None,
        };
        let place = Rc::new(move || {
            // Without words there is nowhere to stand.
            let _ = place(&bar, number);
        });
        place();
        let window = dom::window().filter(|_| *picked != Picked::Nothing);
        let listeners = window.map(|window| {
            let options = gloo::events::EventListenerOptions::run_in_capture_phase();
            let (scrolled, resized) = (place.clone(), place.clone());
            (
                EventListener::new_with_options(&window, "scroll", options, move |_| scrolled()),
                EventListener::new(&window, "resize", move |_| resized()),
            )
        });
        move || drop(listeners)
    });
}

fn place(bar: &NodeRef, passage: Option<usize>) -> Option<()> {
    let bar = bar.cast::<Element>()?;
    let window = dom::window()?;
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok()?.as_f64();
    let (width, height) = (size(window.inner_width())?, size(window.inner_height())?);
    let words: DomRect = match passage {
        Some(number) => {
            elements(&format!("#read .pen[data-pen=\"{number}\"]")).first()?.get_bounding_client_rect()
        }
        None => window.get_selection().ok()??.get_range_at(0).ok()?.get_bounding_client_rect(),
    };
    // A finger's own tools stand above the words.
    let above = words.top() - BAR - APART;
    let below = words.bottom() + APART * if dom::media("(pointer: coarse)") { 3.0 } else { 1.0 };
    let takes_above = !dom::media("(pointer: coarse)") && above > 64.0 || below + BAR > height;
    let wide = bar.get_bounding_client_rect().width();
    let left =
        between(words.left() + words.width() / 2.0 - wide / 2.0, APART, (width - wide - APART).max(APART));
    dom::set_number(&bar, "left", left, "px");
    dom::set_number(&bar, "top", if takes_above { above.max(APART) } else { below }, "px");
    Some(())
}

/// A key that no other passage has.
fn new_key() -> String {
    let random = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:x}-{random:x}", now())
}

fn unselect() {
    let selection = dom::window().and_then(|window| window.get_selection().ok().flatten());
    if let Some(selection) = selection {
        // What is not selected need not be unselected.
        let _ = selection.remove_all_ranges();
    }
}

/// The query for the beginning of some words, exactly as they stand.
fn phrase(words: &str) -> String {
    let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let line: String = line.trim().replace(['"', '“', '”'], " ").chars().take(SEARCHED).collect();
    format!("\"{}\"", line.trim())
}

/// See [`Form`].
#[derive(Properties, PartialEq)]
struct FormProps {
    /// The key of the passage.
    name: String,
    keeper: Keeper,
    ui: Ui,
    close: Callback<()>,
}

/// The panel in which a note is written. Closing it keeps what was written; only "cancel" does not.
#[component]
fn Form(props: &FormProps) -> Html {
    let texts = props.ui.pencil();
    let record = props.keeper.kept().highlights.get(&props.name).cloned();
    let draft = use_state_eq(|| record.as_ref().map(|record| record.note.clone()).unwrap_or_default());
    use_effect_with((), |()| {
        let timer = Timeout::new(0, || dom::focus(".nform__t"));
        move || drop(timer)
    });
    let save = {
        let (keeper, close, draft, key) =
            (props.keeper.clone(), props.close.clone(), draft.clone(), props.name.clone());
        Callback::from(move |()| {
            let change = keeper.kept().annotate(&key, draft.trim(), now());
            if let Some(change) = change {
                keeper.act(texts.did_note, vec![change]);
            }
            close.emit(());
        })
    };
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
                draft.set(field.value());
            }
        })
    };
    let onkeydown = {
        let save = save.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                save.emit(());
            }
        })
    };
    let Some(record) = record else { return Html::default() };
    html! {
        <Panel name={NAME} label={texts.note} close={save.clone()}>
            <div class="nform">
                <blockquote class="quote">{ record.quote }</blockquote>
                <textarea class="nform__t" rows="5" aria-label={texts.note} placeholder={texts.write} value={(*draft).clone()} {oninput} {onkeydown} />
                <div class="nform__b">
                    <button type="button" class="btn" onclick={props.close.reform(|_: MouseEvent| ())}>{ texts.cancel }</button>
                    <button type="button" class="btn btn--ink" onclick={save.reform(|_: MouseEvent| ())}>{ texts.save }</button>
                </div>
            </div>
        </Panel>
    }
}
