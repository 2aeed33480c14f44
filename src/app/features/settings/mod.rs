//! Type panel: appearance settings.

use crate::app::i18n::Locale;
use crate::app::services::{WindowLayout, use_layout, use_shared};
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::settings::{Face, Leading, MEASURES, SIZES, Settings, SettingsUpdate, use_settings};
use crate::app::state::{ArchiveContext, use_locale};
use crate::app::ui::controls::{RadioGroup, radio_group, switch, theme_picker};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::app::ui::panel::Panel;
use crate::app::ui::script_text::conversion_error;
use crate::app::ui::slider::Slider;
use crate::archive::ImagePolicy;
use crate::text::TargetScript;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct TypePanelProps {
    /// Default text size, unless it follows the window's width.
    pub default_size: Option<u8>,
    pub close: Callback<()>,
}

const IMAGE_POLICIES: [ImagePolicy; 3] = [ImagePolicy::On, ImagePolicy::Tap, ImagePolicy::Off];
const LEADINGS: [Leading; 3] = [Leading::Tight, Leading::Usual, Leading::Loose];
const FACES: [Face; 2] = [Face::Serif, Face::Sans];

/// Panel: a sheet on a phone, else a popover.
#[component]
pub fn TypePanel(props: &TypePanelProps) -> Html {
    let (context, ui) = (use_settings(), use_locale());
    let archive = use_shared::<ArchiveContext>();
    let label = ui.reader().type_panel;
    let phone = use_layout() == WindowLayout::Phone;
    let usual = props.default_size.unwrap_or(if phone { 18 } else { 19 });
    let script = use_shared::<ScriptContext>().unwrap_or_default();
    let has_more = use_state_eq(bool::default);
    let panel = PanelControls { settings: &context.settings, edit: &context.edit, ui, close: &props.close };
    // The archive's image policy is used unless one is chosen.
    let images = archive.map_or(ImagePolicy::On, |context| context.manifest().images);
    let images = context.settings.images.unwrap_or(images);
    let measure = if props.default_size.is_some() { 0 } else { MEASURES[1] };
    let measure = context.settings.measure.unwrap_or(measure);
    let controls = html! {
        <>
            <div class="aa__b">
                { panel.controls(usual, (!phone).then_some(measure), &script) }
                { panel.more_controls(images, &has_more) }
            </div>
            { panel.links() }
        </>
    };
    html! { <Panel name="aa--type" {label} close={&props.close} keep_page_visible=true>{ controls }</Panel> }
}

/// Renderer of the panel's parts.
struct PanelControls<'a> {
    settings: &'a Settings,
    edit: &'a Callback<SettingsUpdate>,
    ui: Locale,
    close: &'a Callback<()>,
}

impl PanelControls<'_> {
    /// Callback that changes one setting.
    fn change<T: 'static>(&self, with: impl Fn(&mut Settings, T) + 'static) -> Callback<T> {
        let (edit, with) = (self.edit.clone(), Rc::new(with));
        Callback::from(move |value| {
            let with = with.clone();
            edit.emit(Box::new(move |settings| with(settings, value)));
        })
    }

    /// Theme and type, at most six groups. A phone has no `measure`.
    fn controls(&self, usual: u8, measure: Option<u8>, script: &ScriptContext) -> Html {
        let (settings, texts) = (self.settings, &self.ui.reader().panel);
        let size = settings.size.unwrap_or(usual);
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
            chosen: MEASURES.iter().position(|&one| Some(one) == measure),
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
        let texts_of_script = self.ui.script();
        let scripts = RadioGroup {
            label: texts_of_script.label,
            class: None,
            names: &[texts_of_script.original, "简体", "台灣繁體", "香港繁體"],
            langs: &[self.ui.tag(), "zh-Hans", "zh-Hant-TW", "zh-Hant-HK"],
            chosen: Some(
                settings
                    .script
                    .and_then(|form| TargetScript::ALL.iter().position(|&one| one == form))
                    .map_or(0, |at| at + 1),
            ),
        };
        html! {
            <>
                <div class="aa__s">
                    <p class="aa__l"><span>{ texts.theme }</span></p>
                    { theme_picker(texts, settings.theme,
                        &self.change(|settings, theme| settings.theme = theme)) }
                </div>
                <div class="aa__s">
                    <p class="aa__l"><span id="size-label">{ texts.size }</span><span>{ size }</span></p>
                    <Slider values={SIZES.to_vec()} value={size} smaller={texts.smaller} larger={texts.larger}
                        choose={self.change(|settings, size| settings.size = Some(size))} />
                </div>
                <div class="aa__s">
                    <p class="aa__l"><span>{ texts.face }</span></p>
                    { radio_group(faces, self.change(|settings, at: usize| settings.face = FACES[at.min(1)])) }
                </div>
                <div class="aa__s">
                    { radio_group(scripts, self.change(|settings, at: usize| {
                        settings.script = at.checked_sub(1).and_then(|at| TargetScript::ALL.get(at).copied());
                    })) }
                    <div class="aa__f" role="status">{ conversion_error(script, self.ui) }</div>
                </div>
                <div class="aa__s">
                    { radio_group(leadings, self.change(|settings, at: usize| settings.leading = LEADINGS[at.min(2)])) }
                </div>
                if measure.is_some() {
                    <div class="aa__s">
                        { radio_group(measures, self.change(|settings, at: usize| settings.measure = MEASURES.get(at).copied())) }
                    </div>
                }
            </>
        }
    }

    /// Settings that are rarely changed, behind a button.
    fn more_controls(&self, images: ImagePolicy, is_open: &UseStateHandle<bool>) -> Html {
        let (settings, texts) = (self.settings, &self.ui.reader().panel);
        let pictures = RadioGroup {
            label: texts.pictures,
            class: None,
            names: &IMAGE_POLICIES.map(|policy| texts.image_policy(policy)),
            langs: &[],
            chosen: IMAGE_POLICIES.iter().position(|&one| one == images),
        };
        let listing = self.ui.listing();
        let densities = RadioGroup {
            label: listing.density,
            class: None,
            names: &[listing.roomy, listing.compact],
            langs: &[],
            chosen: Some(usize::from(settings.compact)),
        };
        let toggle = {
            let is_open = is_open.clone();
            Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
        };
        html! {
            <>
                <div class="aa__s aa__s--tight">
                    <button type="button" class="aa__more" aria-expanded={is_open.to_string()} onclick={toggle}>
                        { texts.more }{ small_icon(if **is_open { IconKind::Up } else { IconKind::Down }) }
                    </button>
                </div>
                if **is_open {
                    <div class="aa__s aa__s--tight">
                        { switch(texts.indent, settings.indent, &self.change(|settings, on| settings.indent = on)) }
                        { switch(texts.justify, !settings.ragged, &self.change(|settings, on: bool| settings.ragged = !on)) }
                    </div>
                    <div class="aa__s">
                        { radio_group(pictures, self.change(|settings, at: usize| settings.images = IMAGE_POLICIES.get(at).copied())) }
                    </div>
                    <div class="aa__s">
                        { radio_group(densities, self.change(|settings, at: usize| settings.compact = at == 1)) }
                    </div>
                }
            </>
        }
    }

    /// Links to reset and close.
    fn links(&self) -> Html {
        let texts = &self.ui.reader().panel;
        let usual = self.settings.with_defaults();
        let reset = self.edit.reform(|_: MouseEvent| -> SettingsUpdate {
            Box::new(|settings| *settings = settings.with_defaults())
        });
        html! {
            <div class="aa__s aa__e">
                <button type="button" class="link" aria-disabled={(*self.settings == usual).then_some("true")} onclick={reset}>
                    { texts.reset }
                </button>
                <button type="button" class="link" onclick={self.close.reform(|_: MouseEvent| ())}>
                    { texts.close }
                </button>
            </div>
        }
    }
}
