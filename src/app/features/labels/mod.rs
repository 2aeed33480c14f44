//! Panel of an article's labels.

use crate::app::state::labels::LabelPanelProps;
use crate::app::state::use_locale;
use crate::app::ui::label_editor::LabelEditor;
use crate::app::ui::panel::Panel;
use yew::prelude::*;

#[component]
pub fn LabelPanel(props: &LabelPanelProps) -> Html {
    let texts = use_locale().labels();
    html! {
        <Panel name="aa--labels" label={texts.name} close={&props.close} at={props.at}>
            <div class="aa__s">
                <h2 class="aa__l">{ texts.name }</h2>
                <LabelEditor id={props.id} />
            </div>
        </Panel>
    }
}
