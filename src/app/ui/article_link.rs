//! Links that open something in the app. Clicks with a modifier key or another button are left to the browser.

use crate::model::{Date, Id};
use crate::search::Period;
use crate::view_model::{RouteAction, RoutePage, RouteState};
use yew::prelude::*;

/// Address of a link, for the browser, and its effect in the app.
#[derive(Clone, PartialEq)]
pub struct LinkTarget {
    href: AttrValue,
    open: Callback<()>,
}

impl LinkTarget {
    pub fn new(href: impl Into<AttrValue>, open: impl Fn() + 'static) -> LinkTarget {
        LinkTarget { href: href.into(), open: Callback::from(move |()| open()) }
    }

    /// Target that applies `action`.
    pub fn route(navigate: &Callback<RouteAction>, action: RouteAction) -> LinkTarget {
        let navigate = navigate.clone();
        LinkTarget::new(route_href(action.clone()), move || navigate.emit(action.clone()))
    }

    pub fn article(navigate: &Callback<RouteAction>, id: Id) -> LinkTarget {
        LinkTarget::route(navigate, RouteAction::Open(id))
    }

    pub fn page(navigate: &Callback<RouteAction>, page: RoutePage) -> LinkTarget {
        LinkTarget::route(navigate, RouteAction::OpenPage(page))
    }
}

/// Returns the address of the state that `action` leads to.
pub fn route_href(action: RouteAction) -> String {
    RouteState::default().apply(action).to_fragment()
}

#[derive(Properties, PartialEq)]
pub struct ArticleLinkProps {
    pub to: LinkTarget,
    #[prop_or_default]
    pub class: Option<&'static str>,
    #[prop_or_default]
    pub lang: Option<&'static str>,
    #[prop_or_default]
    pub title: Option<&'static str>,
    #[prop_or_default]
    pub rel: Option<&'static str>,
    #[prop_or_default]
    pub tabindex: Option<&'static str>,
    #[prop_or_default]
    pub is_current: bool,
    pub children: Html,
}

/// Link to a state of the app. The app handles a plain click of the main button, the browser any other click.
#[component]
pub fn ArticleLink(props: &ArticleLinkProps) -> Html {
    let open = props.to.open.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if is_plain_click(&event) {
            event.prevent_default();
            open.emit(());
        }
    });
    html! {
        <a class={props.class} href={props.to.href.clone()} lang={props.lang} title={props.title}
            rel={props.rel} tabindex={props.tabindex} aria-current={props.is_current.then_some("true")} {onclick}>
            { props.children.clone() }
        </a>
    }
}

/// Returns true for a click of the main button without modifier keys.
pub fn is_plain_click(event: &MouseEvent) -> bool {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !has_modifier
}

/// Returns the front page of the day or month of a date.
pub fn front_page_of(date: Date, monthly: bool) -> RoutePage {
    RoutePage::Front(Period { year: date.year, month: Some(date.month), day: (!monthly).then_some(date.day) })
}
