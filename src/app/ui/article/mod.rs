//! Article view: title, lead, text.

pub mod blocks;
pub mod copy;
pub mod image_placeholder;
pub mod links;
pub mod margin_notes;
pub mod picture;
pub mod print_images;
pub mod scene;
pub mod slices;
pub mod title;
pub mod withheld_pictures;
pub use self::scene::{Scene, render_article};

use self::copy::copy_selection;
use self::links::{handle_link_click, use_archived_links};
use self::margin_notes::margin_notes;
use self::slices::{ArticleSlices, use_slice_queue};
use self::withheld_pictures::WithheldPictures;
use crate::app::i18n::Locale;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{custom_highlight, use_shared};
use crate::app::state::{
    ArchiveContext, Command, Commands, FocusTarget, use_command_context, use_locale, use_navigation,
};
use crate::app::ui::article_link::{ArticleLink, LinkTarget, front_page_of};
use crate::archive::ImagePolicy;
use crate::model::{Article, Timestamp};
use crate::search::TextMatches;
use crate::user_data::annotations::AnchoredAnnotation;
use crate::view_model::RouteAction;
use std::rc::Rc;
use yew::prelude::*;

/// Element id of the open article.
pub const ARTICLE_ID: &str = "read";

#[derive(Properties, PartialEq)]
pub struct ArticleViewProps {
    pub article: RcEq<Article>,
    /// Language tag after script conversion.
    pub tag: &'static str,
    /// Matches that are elements.
    pub matches: Rc<TextMatches>,
    pub annotations: Rc<Vec<AnchoredAnnotation>>,
    /// Set if notes fit into the margin.
    pub has_margin: bool,
    pub images: ImagePolicy,
    pub slices: ArticleSlices,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn ArticleView(props: &ArticleViewProps) -> Html {
    let article = &props.article;
    let minutes = use_memo(article.clone(), |article| article.reading_minutes());
    let (ui, navigation, commands) = (use_locale(), use_navigation(), use_command_context());
    let context = use_shared::<ArchiveContext>();
    let archive = context.map(|context| context.archive);
    let linked = use_archived_links(archive.clone(), article);
    let queue = use_slice_queue(&props.slices);
    let withheld = use_memo((), |()| WithheldPictures::default());
    let Some(archive) = archive else { return Html::default() };
    let open = navigation.navigate.reform(RouteAction::Open);
    let onclick = {
        let (archive, open) = (archive.clone(), open.clone());
        Callback::from(move |event: MouseEvent| handle_link_click(&event, &archive, &open))
    };
    let oncopy = Callback::from(|event: Event| copy_selection(&event));
    let source = archive.manifest().source_name(&article.source);
    let ArticleViewProps { annotations, has_margin, .. } = props;
    let scene = Rc::new(Scene {
        article: article.clone(),
        tag: props.tag,
        matches: props.matches.clone(),
        annotations: annotations.clone(),
        has_marks: !custom_highlight::is_supported(),
        has_margin: *has_margin,
        links: linked,
        open: Some(open),
        images: props.images,
        withheld: RcEq::from(withheld),
        ui,
    });
    let text = render_article(&scene, &props.slices.slices, Some(&queue));
    html! {
        <article class="art" id={ARTICLE_ID} tabindex="-1" lang={props.tag} aria-label={article.title.clone()} {onclick} {oncopy}>
            { props.children.clone() }
            { kicker((source, &article.details.authors), article.time, *minutes, ui) }
            { earlier_versions_link(article.earlier_versions.len(), &commands, ui) }
            { text }
            if *has_margin {
                { margin_notes(annotations) }
            }
        </article>
    }
}

#[derive(Properties, PartialEq)]
struct DayLinkProps {
    time: Timestamp,
    ui: Locale,
}

/// Date of an article, linked to the front page of its day.
#[component]
fn DayLink(props: &DayLinkProps) -> Html {
    let page = front_page_of(props.time.date(), false);
    let to = LinkTarget::page(&use_navigation().navigate, page);
    html! {
        <ArticleLink class="kick__d" {to} title={props.ui.front_page().name}>
            <time datetime={props.time.to_string()}>{ props.ui.dates().date_time(props.time) }</time>
        </ArticleLink>
    }
}

/// Link to the earlier versions below the article.
fn earlier_versions_link(count: usize, commands: &Commands, ui: Locale) -> Html {
    let texts = &ui.tools().diff;
    let label = match count {
        0 => return Html::default(),
        1 => texts.one_earlier.to_owned(),
        count => texts.earlier(count as u64),
    };
    let onclick = commands.on_click(Command::Focus(FocusTarget::EarlierVersions));
    html! { <p class="kick kick--v" lang={ui.tag()}><button type="button" class="link" {onclick}>{ label }</button></p> }
}

/// Kicker above the title: source and authors, date, reading time.
pub fn kicker(
    (source, authors): (&str, &[String]),
    time: Option<Timestamp>,
    minutes: u32,
    ui: Locale,
) -> Html {
    let texts = ui.reader();
    let time = match time {
        Some(time) => html! { <DayLink {time} {ui} /> },
        None => html! { <span>{ texts.undated }</span> },
    };
    let minutes = texts.minutes(minutes.into());
    html! {
        <p class="kick" lang={ui.tag()}><b>{ source }</b>
            if !authors.is_empty() {
                <span>{ authors.join(ui.library().list_separator) }</span>
            }
            { time }<span>{ minutes }</span></p>
    }
}
