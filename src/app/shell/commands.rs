//! Commands that concern the whole page: route, panels, settings, the article on screen.

use crate::app::services::WindowLayout;
use crate::app::state::settings::SettingsContext;
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{
    Command, Commands, CurrentArticle, FocusTarget, Navigation, PanelKind, Panels, Route, use_commands,
    use_locale,
};
use crate::app::ui::article_link::front_page_of;
use crate::archive::DateIndex;
use crate::model::Id;
use crate::view_model::{PeriodNeighbours, RouteAction, RoutePage};
use yew::prelude::*;

/// The article, page or list that the commands apply to.
pub struct CommandScope {
    navigation: Navigation,
    layout: WindowLayout,
    /// Set if the article fills a wide window.
    is_full_window: bool,
    /// Set if an article or page covers the list.
    is_list_covered: bool,
    /// The article on screen.
    article: Option<Id>,
    /// Opens the previous article or day.
    previous: Option<RouteAction>,
    next: Option<RouteAction>,
    /// Opens the front page of the article's day.
    front_page: Option<RouteAction>,
}

impl CommandScope {
    pub fn new(
        route: &Route,
        current: &CurrentArticle,
        days: Option<&DateIndex>,
        layout: WindowLayout,
        is_list_covered: bool,
    ) -> CommandScope {
        let page = route.state.page;
        let adjacent = match (page, days) {
            (Some(RoutePage::Front(period)), Some(days)) => PeriodNeighbours::new(period, days)
                .adjacent
                .map(|period| Some(RouteAction::OpenPage(RoutePage::Front(period?)))),
            (Some(_), _) => [None, None],
            (None, _) => {
                [&current.previous, &current.next].map(|row| Some(RouteAction::Open(row.as_ref()?.id)))
            }
        };
        let day = current.ordinal.zip(days).and_then(|(ordinal, days)| days.date(ordinal));
        let [previous, next] = adjacent;
        CommandScope {
            navigation: Navigation { navigate: route.navigate.clone(), replace: route.replace.clone() },
            layout,
            is_full_window: route.state.full_window,
            is_list_covered,
            article: current.shown.filter(|_| page.is_none()),
            previous,
            next,
            front_page: day
                .filter(|_| page.is_none())
                .map(|day| RouteAction::OpenPage(front_page_of(day, false))),
        }
    }

    /// Presence of a previous and of a next article or day.
    pub fn neighbours(&self) -> [bool; 2] {
        [self.previous.is_some(), self.next.is_some()]
    }

    /// Returns true if commands apply to an article or page instead of the focused row.
    fn is_reading(&self) -> bool {
        self.layout == WindowLayout::Wide || self.is_list_covered
    }

    /// Goes to a neighbour of the open article or, in the list, to a neighbouring row.
    fn step(&self, commands: &Commands, to: Option<&RouteAction>, by: isize) -> bool {
        if !self.is_reading() {
            return commands.run(Command::FocusRow(by));
        }
        let Some(to) = to else { return false };
        self.navigation.replace.emit(to.clone());
        true
    }

    /// Opens the focused row, or toggles the full-window view on a wide screen.
    fn open(&self, commands: &Commands) -> bool {
        if self.layout != WindowLayout::Wide {
            return commands.run(Command::OpenRow);
        }
        let Some(id) = self.article else { return false };
        if !commands.run(Command::OpenRow) {
            self.navigation.replace.emit(RouteAction::Open(id));
        }
        self.navigation.navigate.emit(RouteAction::SetFullWindow(!self.is_full_window));
        true
    }

    fn leave(&self) -> bool {
        let action = match () {
            () if self.is_full_window && self.layout == WindowLayout::Wide => {
                RouteAction::SetFullWindow(false)
            }
            () if self.is_list_covered => RouteAction::Close,
            () => return false,
        };
        self.navigation.navigate.emit(action);
        true
    }
}

/// Handles the commands.
#[hook]
pub fn use_shell_commands(
    commands: &Commands,
    scope: CommandScope,
    panels: &Panels,
    user_data: &UserDataHandle,
    settings: &SettingsContext,
) {
    let ui = use_locale();
    let (all, panels, user_data) = (commands.clone(), panels.clone(), user_data.clone());
    let edit = settings.edit.clone();
    use_commands(commands, move |command| {
        let is_wide = scope.layout == WindowLayout::Wide;
        match command {
            Command::Search => {
                if scope.is_list_covered {
                    scope.navigation.navigate.emit(RouteAction::Close);
                }
                all.run(Command::Focus(FocusTarget::SearchField));
            }
            Command::Filters if is_wide => {
                all.run(Command::Focus(FocusTarget::Facets));
            }
            Command::Filters => panels.toggle(PanelKind::Filters),
            Command::TypePanel => panels.toggle(PanelKind::Type),
            Command::Shortcuts => panels.toggle(PanelKind::Shortcuts),
            Command::UserData => panels.open(PanelKind::UserData),
            Command::ShowPage(page) => scope.navigation.navigate.emit(RouteAction::OpenPage(page)),
            Command::Density => edit.emit(Box::new(|settings| settings.compact = !settings.compact)),
            Command::Next => return scope.step(&all, scope.next.as_ref(), 1),
            Command::Previous => return scope.step(&all, scope.previous.as_ref(), -1),
            Command::Open => return scope.open(&all),
            Command::FrontPage => {
                let Some(page) = &scope.front_page else { return false };
                scope.navigation.navigate.emit(page.clone());
            }
            Command::ToggleFlag(flag) if scope.is_reading() => {
                let Some(id) = scope.article else { return false };
                user_data.toggle_flag(id, flag, ui);
            }
            Command::ToggleFlag(flag) => return all.run(Command::ToggleRowFlag(flag)),
            Command::Back => return all.run(Command::ClosePanels) || scope.leave(),
            Command::ClosePanels => {
                let closable = [PanelKind::Menu, PanelKind::Type, PanelKind::Filters, PanelKind::Shortcuts];
                let open = closable.into_iter().filter(|&panel| panels.is_open(panel));
                return open.map(|panel| panels.close(panel)).count() > 0;
            }
            Command::Undo if user_data.undo_entry().is_some() => user_data.undo(),
            _ => return false,
        }
        true
    });
}
