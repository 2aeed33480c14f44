//! The features of each lazily loaded chunk; see [`lazy`](crate::app::lazy).
//!
//! The list and its filters are the first chunk. Only the tables below may refer to their components.

use crate::app::features::annotations::{AnnotationsPage, AnnotationsPageProps};
use crate::app::features::archive_info::{AboutPage, AboutPageProps};
use crate::app::features::export::{Export, ExportProps};
use crate::app::features::filters::name_facets::{NameFacets, NameFacetsProps};
use crate::app::features::front_page::{FrontPageView, FrontPageViewProps};
use crate::app::features::labels::LabelPanel;
use crate::app::features::list::query_relaxation::{QueryRelaxations, QueryRelaxationsProps};
use crate::app::features::menu::{MainMenu, MainMenuProps};
use crate::app::features::print::{PrintView, PrintViewProps};
use crate::app::features::reader::{
    DiffView, DiffViewProps, Player, PlayerProps, Reader, ReaderProps, SharePanel, SharePanelProps,
};
use crate::app::features::row_menu::RowMenu;
use crate::app::features::search_bar::suggestions::{Suggestions, SuggestionsProps};
use crate::app::features::settings::{TypePanel, TypePanelProps};
use crate::app::features::shortcuts::{ShortcutsDialog, ShortcutsDialogProps};
use crate::app::features::states_offer::StatesOffer;
use crate::app::features::user_data::dialog::{UserDataDialog, UserDataDialogProps};
use crate::app::lazy::{Chunk, RenderFn};
use crate::app::state::labels::LabelPanelProps;
use crate::app::state::offline::{StartControllerFn, start_controller};
use crate::app::state::row_menu::RowMenuProps;
use crate::app::state::script_conversion::{LoadTablesFn, load_tables};
use crate::app::state::states_offer::StatesOfferProps;
use crate::app::state::user_data::{StartStorageFn, start_storage};
use crate::app::state::{
    CountHitsFn, LOOKUP_FNS, LoadNamesFn, OfferTermsFn, QUERY_FNS, StartSearchFn, SuggestSpellingsFn,
    count_hits, load_names, offer_terms, start_search, suggest_spellings,
};
use yew::prelude::*;

/// Loaded right after the list: the reader, the search, the storage of the user data, the script conversion, and the
/// offline controller.
pub static READER_CHUNK: Chunk = Chunk(&[
    &((|props| html! { <Reader ..props /> }) as RenderFn<ReaderProps>),
    &((|props| html! { <Suggestions ..props /> }) as RenderFn<SuggestionsProps>),
    &((|props| html! { <QueryRelaxations ..props /> }) as RenderFn<QueryRelaxationsProps>),
    &(start_storage as StartStorageFn),
    &(start_search as StartSearchFn),
    &((|request| Box::pin(count_hits(request))) as CountHitsFn),
    &((|archive, query| Box::pin(suggest_spellings(archive, query))) as SuggestSpellingsFn),
    &((|archive, query| Box::pin(offer_terms(archive, query))) as OfferTermsFn),
    &((|archive| Box::pin(load_names(archive))) as LoadNamesFn),
    &((|props| html! { <NameFacets ..props /> }) as RenderFn<NameFacetsProps>),
    &QUERY_FNS,
    &LOOKUP_FNS,
    &((|direction| Box::pin(load_tables(direction))) as LoadTablesFn),
    &(start_controller as StartControllerFn),
]);

/// Loaded on first use: pages, dialogs and tools.
pub static PANELS_CHUNK: Chunk = Chunk(&[
    &((|props| html! { <FrontPageView ..props /> }) as RenderFn<FrontPageViewProps>),
    &((|props| html! { <AboutPage ..props /> }) as RenderFn<AboutPageProps>),
    &((|props| html! { <AnnotationsPage ..props /> }) as RenderFn<AnnotationsPageProps>),
    &((|props| html! { <MainMenu ..props /> }) as RenderFn<MainMenuProps>),
    &((|props| html! { <LabelPanel ..props /> }) as RenderFn<LabelPanelProps>),
    &((|props| html! { <RowMenu ..props /> }) as RenderFn<RowMenuProps>),
    &((|props| html! { <StatesOffer ..props /> }) as RenderFn<StatesOfferProps>),
    &((|props| html! { <TypePanel ..props /> }) as RenderFn<TypePanelProps>),
    &((|props| html! { <UserDataDialog ..props /> }) as RenderFn<UserDataDialogProps>),
    &((|props| html! { <ShortcutsDialog ..props /> }) as RenderFn<ShortcutsDialogProps>),
    &((|props| html! { <Export ..props /> }) as RenderFn<ExportProps>),
    &((|props| html! { <PrintView ..props /> }) as RenderFn<PrintViewProps>),
    &((|props| html! { <Player ..props /> }) as RenderFn<PlayerProps>),
    &((|props| html! { <SharePanel ..props /> }) as RenderFn<SharePanelProps>),
    &((|props| html! { <DiffView ..props /> }) as RenderFn<DiffViewProps>),
]);
