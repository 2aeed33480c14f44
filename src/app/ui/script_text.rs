//! Article text in the chosen script.

use crate::app::i18n::Locale;
use crate::app::state::script_conversion::ScriptContext;
use crate::app::ui::mark_ranges::mark_ranges;
use crate::model::Lang;
use std::ops::Range;
use yew::prelude::*;

/// Renders converted text with highlights; `marks` are sorted byte ranges of the original.
pub fn converted_marks(script: &ScriptContext, text: &str, marks: &[Range<usize>], lang: Lang) -> Html {
    let (text, marks) = script.text_with_ranges(text, marks, lang);
    mark_ranges(&text, &marks)
}

/// Renders the error of the conversion tables with a retry button, if they failed to load.
pub fn conversion_error(script: &ScriptContext, ui: Locale) -> Html {
    let Some(retry) = script.retry() else { return Html::default() };
    let texts = ui.script();
    html! {
        <>
            <p>{ texts.failed }</p>
            <button type="button" class="link" onclick={retry.reform(|_: MouseEvent| ())}>{ texts.retry }</button>
        </>
    }
}

/// Renders that error as a notice above an article that would be converted.
pub fn conversion_notice(script: &ScriptContext, lang: Lang, ui: Locale) -> Html {
    html! {
        if script.retry().is_some() && script.applies_to(lang) {
            <div class="older" role="status" lang={ui.tag()}>{ conversion_error(script, ui) }</div>
        }
    }
}
