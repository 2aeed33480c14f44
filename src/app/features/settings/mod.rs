//! Type panel: appearance settings.

pub mod download_panel;
use crate::app::i18n::Locale;
use crate::app::services::use_layout;
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::settings::{Face, Leading, MEASURES, SIZES, Settings, SettingsUpdate};
use crate::app::state::{Command, CommandRunner};
use crate::app::ui::controls::{RadioGroup, radio_group, switch, theme_picker};
use crate::app::ui::panel::Panel;
use crate::app::ui::slider::Slider;
use crate::archive::ImagePolicy;
use crate::text::TargetScript;
pub use download_panel::DownloadPanel;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct TypePanelProps {
    pub settings: Settings,
    pub edit: Callback<SettingsUpdate>,
    pub ui: Locale,
    pub close: Callback<()>,
    /// Image policy of the archive, used unless one is chosen.
    pub archive_images: ImagePolicy,
    /// Default text size, unless it follows the window's width.
    #[prop_or_default]
    pub default_size: Option<u8>,
}

const IMAGE_POLICIES: [ImagePolicy; 3] = [ImagePolicy::On, ImagePolicy::Tap, ImagePolicy::Off];
const LEADINGS: [Leading; 3] = [Leading::Tight, Leading::Usual, Leading::Loose];
const FACES: [Face; 2] = [Face::Serif, Face::Sans];

/// Panel: a sheet on a phone, else a popover.
#[component]
pub fn TypePanel(props: &TypePanelProps) -> Html {
    let label = props.ui.reader().type_panel;
    let phone = use_layout() == crate::app::services::WindowLayout::Phone;
    let usual = props.default_size.unwrap_or(if phone { 18 } else { 19 });
    let script = use_context::<ScriptContext>().unwrap_or_default();
    let run = use_context::<CommandRunner>();
    let leave_for = |act: Command| {
        let (close, run) = (props.close.clone(), run.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            if let Some(CommandRunner(run)) = &run {
                run.emit(act);
            }
        })
    };
    let (all_keys, data) = (leave_for(Command::Shortcuts), leave_for(Command::UserData));
    let controls =
        html! { <>{ controls(props, usual, phone, &script) }{ panel_links(props, all_keys, data) }</> };
    html! { <Panel name="aa--type" {label} close={&props.close} keep_page_visible=true>{ controls }</Panel> }
}

fn controls(props: &TypePanelProps, usual: u8, phone: bool, script: &ScriptContext) -> Html {
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
    let measure = settings.measure.unwrap_or(if props.default_size.is_some() { 0 } else { MEASURES[1] });
    let faces = RadioGroup {
        label: texts.face,
        class: Some("segc--face"),
        names: &FACES.map(|face| match face {
            Face::Serif => texts.serif,
            Face::Sans => texts.sans,
        }),
        langs: &[],
        chosen: FACES.iter().position(|&face| face == settings.face),
    };
    let measures = RadioGroup {
        label: texts.measure,
        class: None,
        names: &["28", "34", "38"],
        langs: &[],
        chosen: MEASURES.iter().position(|&one| one == measure),
    };
    let leadings = RadioGroup {
        label: texts.leading,
        class: None,
        names: &LEADINGS.map(|leading| match leading {
            Leading::Tight => texts.leading_close,
            Leading::Usual => texts.leading_usual,
            Leading::Loose => texts.leading_wide,
        }),
        langs: &[],
        chosen: LEADINGS.iter().position(|&one| one == settings.leading),
    };
    let pictures = RadioGroup {
        label: texts.pictures,
        class: None,
        names: &IMAGE_POLICIES.map(|policy| texts.image_policy(policy)),
        langs: &[],
        chosen: IMAGE_POLICIES.iter().position(|&one| one == images),
    };
    let listing = props.ui.listing();
    let densities = RadioGroup {
        label: listing.density,
        class: None,
        names: &[listing.roomy, listing.compact],
        langs: &[],
        chosen: Some(usize::from(settings.compact)),
    };
    let texts_of_script = props.ui.script();
    let scripts = RadioGroup {
        label: texts_of_script.label,
        class: None,
        names: &[texts_of_script.original, "简体", "台灣繁體", "香港繁體"],
        langs: &[props.ui.tag(), "zh-Hans", "zh-Hant-TW", "zh-Hant-HK"],
        chosen: Some(
            settings
                .script
                .and_then(|form| TargetScript::ALL.iter().position(|&one| one == form))
                .map_or(0, |at| at + 1),
        ),
    };
    let languages = RadioGroup {
        label: texts.language,
        class: None,
        names: &Locale::ALL.map(Locale::name),
        langs: &Locale::ALL.map(Locale::tag),
        chosen: Locale::ALL.iter().position(|&ui| ui == props.ui),
    };
    html! {
        <>
            <div class="aa__s">
                { theme_picker(texts, settings.theme,
                    &change(props, |settings, theme| settings.theme = theme)) }
            </div>
            <div class="aa__s">
                { radio_group(faces, change(props, |settings, at: usize| settings.face = FACES[at.min(1)])) }
            </div>
            <div class="aa__s">
                <p class="aa__l"><span id="size-label">{ texts.size }</span><span>{ size }</span></p>
                <Slider values={SIZES.to_vec()} value={size} smaller={texts.smaller} larger={texts.larger}
                    choose={change(props, |settings, size| settings.size = Some(size))} />
            </div>
            <div class="aa__s">
                { radio_group(leadings, change(props, |settings, at: usize| settings.leading = LEADINGS[at.min(2)])) }
            </div>
            if !phone {
                <div class="aa__s">
                    { radio_group(measures, change(props, |settings, at: usize| settings.measure = MEASURES.get(at).copied())) }
                </div>
            }
            <div class="aa__s aa__s--tight">
                { switch(texts.indent, settings.indent, &change(props, |settings, on| settings.indent = on)) }
                { switch(texts.justify, !settings.ragged, &change(props, |settings, on: bool| settings.ragged = !on)) }
            </div>
            <div class="aa__s">
                { radio_group(scripts, change(props, |settings, at: usize| {
                    settings.script = at.checked_sub(1).and_then(|at| TargetScript::ALL.get(at).copied());
                })) }
                <div class="aa__f" role="status">{ script.failure_notice(props.ui) }</div>
            </div>
            <div class="aa__s">
                { radio_group(pictures, change(props, |settings, at: usize| settings.images = IMAGE_POLICIES.get(at).copied())) }
            </div>
            <div class="aa__s">
                { radio_group(languages, change(props, |settings, at: usize| settings.ui = Locale::ALL.get(at).copied())) }
            </div>
            <div class="aa__s">
                { radio_group(densities, change(props, |settings, at: usize| settings.compact = at == 1)) }
            </div>
            <DownloadPanel ui={props.ui} />
        </>
    }
}

/// Links to reset, user data, shortcuts and close.
fn panel_links(props: &TypePanelProps, all_keys: Callback<MouseEvent>, data: Callback<MouseEvent>) -> Html {
    let texts = &props.ui.reader().panel;
    let usual = props.settings.with_defaults();
    let reset = props.edit.reform(|_: MouseEvent| -> SettingsUpdate {
        Box::new(|settings| *settings = settings.with_defaults())
    });
    html! {
        <div class="aa__s aa__e">
            <button type="button" class="link" aria-disabled={(props.settings == usual).then_some("true")} onclick={reset}>
                { texts.reset }
            </button>
            <button type="button" class="link" onclick={data}>{ props.ui.user_data().data }</button>
            <button type="button" class="link" onclick={all_keys}>{ props.ui.library().shortcuts }</button>
            <button type="button" class="link" onclick={props.close.reform(|_: MouseEvent| ())}>
                { texts.close }
            </button>
        </div>
    }
}
