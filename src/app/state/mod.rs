//! State of the app: route, search, catalogue, settings, user data, offline copy, commands.

pub mod article_flags;
pub mod article_lookup;
pub mod catalogue;
pub mod commands;
pub mod current_article;
pub mod labels;
pub mod library;
pub mod name_filters;
pub mod offline;
pub mod panels;
pub mod query_code;
pub mod result_articles;
pub mod results;
pub mod route;
pub mod row_menu;
pub mod saved_searches;
pub mod script_conversion;
pub mod search;
pub mod settings;
pub mod states_offer;
pub mod user_data;
pub use article_flags::use_article_flags;
pub use article_lookup::{LOOKUP_FNS, locate, locate_all, lookup_fns};
pub use catalogue::{Catalogue, CatalogueRow, use_catalogue, use_facets, use_rows};
pub use commands::{Command, Commands, FocusTarget, use_command_context, use_commands};
pub use current_article::{CurrentArticle, use_current_article};
pub use library::{
    ArchiveContext, ArticleFlags, LibraryView, Navigation, SearchResults, use_library_view, use_locale,
    use_navigation,
};
pub use name_filters::{LoadNamesFn, load_names, use_name_filters};
pub use panels::{PanelKind, Panels, use_panels};
pub use query_code::{QUERY_FNS, QueryFns, use_query_fns};
pub use results::use_results;
pub use route::{Overlays, Route, use_overlay, use_route};
pub use saved_searches::use_saved_searches;
pub use search::{
    CountHitsFn, CountRequest, OfferTermsFn, SearchRequest, SearchState, StartSearchFn, SuggestSpellingsFn,
    TaskHandle, count_hits, lazy_count_hits, lazy_offer_terms, lazy_suggest_spellings, offer_terms,
    start_search, suggest_spellings, use_search,
};
pub use user_data::use_user_data;
