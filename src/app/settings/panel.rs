//! Type panel: appearance settings.

use super::controls::{Choice, choice, switch, themes};
use super::slider::Slider;
use super::{Edit, Face, Leading, MEASURES, SIZES, Settings};
use crate::app::components::panel::Panel;
use crate::app::hooks::{self, use_layout};
use crate::app::i18n::Ui;
use crate::app::library::{Act, Run};
use crate::app::offline::Keep;
use crate::app::script::Script;
use crate::archive::Images;
use crate::text::Form;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct TypePanelProps {
    pub settings: Settings,
    pub edit: Callback<Edit>,
    pub ui: Ui,
    pub close: Callback<()>,
    /// Image policy of the archive, used unless one is chosen.
    pub archive_images: Images,
    /// Default text size, unless it follows the window's width.
    #[prop_or_default]
    pub usual: Option<u8>,
}

const IMAGES: [Images; 3] = [Images::On, Images::Tap, Images::Off];
const LEADINGS: [Leading; 3] = [Leading::Tight, Leading::Usual, Leading::Loose];
const FACES: [Face; 2] = [Face::Serif, Face::Sans];

/// Panel: a sheet on a phone, else a popover.
#[component]
pub fn TypePanel(props: &TypePanelProps) -> Html {
    let label = props.ui.reader().type_panel;
    let phone = use_layout() == hooks::Layout::Phone;
    let usual = props.usual.unwrap_or(if phone { 18 } else { 19 });
    let script = use_context::<Script>().unwrap_or_default();
    let run = use_context::<Run>();
    let leave_for = |act: Act| {
        let (close, run) = (props.close.clone(), run.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            if let Some(Run(run)) = &run {
                run.emit(act);
            }
        })
    };
    let (all_keys, data) = (leave_for(Act::Keys), leave_for(Act::Data));
    let controls =
        html! { <>{ controls(props, usual, phone, &script) }{ ways_out(props, all_keys, data) }</> };
    html! { <Panel name="aa--type" {label} close={&props.close} clear=true>{ controls }</Panel> }
}

fn controls(props: &TypePanelProps, usual: u8, phone: bool, script: &Script) -> Html {
    let (settings, texts) = (&props.settings, &props.ui.reader().panel);
    let size = settings.size.unwrap_or(usual);
    // Callback that changes one setting.
    fn change<T: 'static>(props: &TypePanelProps, with: impl Fn(&mut Settings, T) + 'static) -> Callback<T> {
        let (edit, with) = (props.edit.clone(), Rc::new(with));
        Callback::from(move |value| {
            let with = with.clone();
            edit.emit(Box::new(move |settings| with(settings, value)));
        })
    }
    let images = settings.images.unwrap_or(props.archive_images);
    let measure = settings.measure.unwrap_or(if props.usual.is_some() { 0 } else { MEASURES[1] });
    let faces = Choice {
        label: texts.face,
        kind: Some("segc--face"),
        names: &texts.faces,
        langs: &[],
        chosen: FACES.iter().position(|&face| face == settings.face),
    };
    let measures = Choice {
        label: texts.measure,
        kind: None,
        names: &["28", "34", "38"],
        langs: &[],
        chosen: MEASURES.iter().position(|&one| one == measure),
    };
    let leadings = Choice {
        label: texts.leading,
        kind: None,
        names: &texts.leadings,
        langs: &[],
        chosen: LEADINGS.iter().position(|&one| one == settings.leading),
    };
    let pictures = Choice {
        label: texts.pictures,
        kind: None,
        names: &texts.picture_choices,
        langs: &[],
        chosen: IMAGES.iter().position(|&one| one == images),
    };
    let listing = props.ui.listing();
    let densities = Choice {
        label: listing.density,
        kind: None,
        names: &listing.densities,
        langs: &[],
        chosen: Some(usize::from(settings.compact)),
    };
    let texts_of_script = props.ui.script();
    let scripts = Choice {
        label: texts_of_script.label,
        kind: None,
        names: &[texts_of_script.original, "简体", "台灣繁體", "香港繁體"],
        langs: &[props.ui.tag(), "zh-Hans", "zh-Hant-TW", "zh-Hant-HK"],
        chosen: Some(
            settings
                .script
                .and_then(|form| Form::ALL.iter().position(|&one| one == form))
                .map_or(0, |at| at + 1),
        ),
    };
    let languages = Choice {
        label: texts.language,
        kind: None,
        names: &Ui::ALL.map(Ui::name),
        langs: &Ui::ALL.map(Ui::tag),
        chosen: Ui::ALL.iter().position(|&ui| ui == props.ui),
    };
    html! {
        <>
            <div class="aa__s">
                { themes(texts.theme, &texts.themes, texts.sample, settings.theme,
                    &change(props, |settings, theme| settings.theme = theme)) }
            </div>
            <div class="aa__s">
                { choice(faces, change(props, |settings, at: usize| settings.face = FACES[at.min(1)])) }
            </div>
            <div class="aa__s">
                <p class="aa__l"><span id="size-label">{ texts.size }</span><span>{ size }</span></p>
                <Slider values={SIZES.to_vec()} value={size} smaller={texts.smaller} larger={texts.larger}
                    choose={change(props, |settings, size| settings.size = Some(size))} />
            </div>
            <div class="aa__s">
                { choice(leadings, change(props, |settings, at: usize| settings.leading = LEADINGS[at.min(2)])) }
            </div>
            if !phone {
                <div class="aa__s">
                    { choice(measures, change(props, |settings, at: usize| settings.measure = MEASURES.get(at).copied())) }
                </div>
            }
            <div class="aa__s aa__s--tight">
                { switch(texts.indent, settings.indent, &change(props, |settings, on| settings.indent = on)) }
                { switch(texts.justify, !settings.ragged, &change(props, |settings, on: bool| settings.ragged = !on)) }
            </div>
            <div class="aa__s">
                { choice(scripts, change(props, |settings, at: usize| {
                    settings.script = at.checked_sub(1).and_then(|at| Form::ALL.get(at).copied());
                })) }
                <div class="aa__f" role="status">{ script.failure(props.ui) }</div>
            </div>
            <div class="aa__s">
                { choice(pictures, change(props, |settings, at: usize| settings.images = IMAGES.get(at).copied())) }
            </div>
            <div class="aa__s">
                { choice(languages, change(props, |settings, at: usize| settings.ui = Ui::ALL.get(at).copied())) }
            </div>
            <div class="aa__s">
                { choice(densities, change(props, |settings, at: usize| settings.compact = at == 1)) }
            </div>
            <Keep ui={props.ui} />
        </>
    }
}

/// Links to reset, user data, shortcuts and close.
fn ways_out(props: &TypePanelProps, all_keys: Callback<MouseEvent>, data: Callback<MouseEvent>) -> Html {
    let texts = &props.ui.reader().panel;
    let usual = props.settings.usual();
    let reset =
        props.edit.reform(|_: MouseEvent| -> Edit { Box::new(|settings| *settings = settings.usual()) });
    html! {
        <div class="aa__s aa__e">
            <button type="button" class="link" aria-disabled={(props.settings == usual).then_some("true")} onclick={reset}>
                { texts.reset }
            </button>
            <button type="button" class="link" onclick={data}>{ props.ui.keep().data }</button>
            <button type="button" class="link" onclick={all_keys}>{ props.ui.library().keys }</button>
            <button type="button" class="link" onclick={props.close.reform(|_: MouseEvent| ())}>
                { texts.close }
            </button>
        </div>
    }
}
