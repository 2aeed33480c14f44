//! Icons, drawn as strokes in a 20 px box.

use yew::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum IconKind {
    Search,
    Filter,
    Type,
    External,
    Expand,
    Shrink,
    Close,
    Back,
    Forward,
    Up,
    Down,
    Minus,
    Plus,
    Check,
    Picture,
    Page,
    Share,
    Contents,
    Offline,
    Download,
    Listen,
    Play,
    Pause,
    PreviousParagraph,
    NextParagraph,
    Star,
    Dot,
    Pencil,
    Note,
    Menu,
    Keyboard,
    Calendar,
    Label,
    Link,
    More,
}

impl IconKind {
    fn paths(self) -> &'static [&'static str] {
        match self {
            IconKind::Search => {
                &["M14 8.75a5.25 5.25 0 1 1-10.5 0a5.25 5.25 0 0 1 10.5 0z", "m12.75 12.75 4.25 4.25"]
            }
            IconKind::Filter => &[
                "M2.5 6h8M15.5 6h2M2.5 14h2M9.5 14h8",
                "M15.25 6a2.25 2.25 0 1 1-4.5 0a2.25 2.25 0 0 1 4.5 0z",
                "M9.25 14a2.25 2.25 0 1 1-4.5 0a2.25 2.25 0 0 1 4.5 0z",
            ],
            IconKind::Type => &[
                "M2.5 15.5 6.7 4.5l4.2 11M3.9 12h5.6",
                "M17.35 12.6a2.75 2.75 0 1 1-5.5 0a2.75 2.75 0 0 1 5.5 0z",
                "M17.35 9.6v5.9",
            ],
            IconKind::External => &["M11.5 3.5h5v5M16.5 3.5 9.5 10.5M14 12v4.5H3.5V6H8"],
            IconKind::Expand => &["M3.5 8V3.5H8M16.5 12v4.5H12M3.5 3.5 8.5 8.5M16.5 16.5l-5-5"],
            IconKind::Shrink => &["M8.5 4v4.5H4M11.5 16v-4.5H16M3.5 3.5l5 5M16.5 16.5l-5-5"],
            IconKind::Close => &["m5 5 10 10M15 5 5 15"],
            IconKind::Back => &["M12 4 6 10l6 6"],
            IconKind::Forward => &["m8 4 6 6-6 6"],
            IconKind::Up => &["m4 12 6-6 6 6"],
            IconKind::Down => &["m4 8 6 6 6-6"],
            IconKind::Minus => &["M5 10h10"],
            IconKind::Plus => &["M10 5v10M5 10h10"],
            IconKind::Check => &["m4.5 10.5 3.5 3.5 7.5-8"],
            IconKind::Picture => &["M3 4.5h14v11H3z", "m3 13 4-4 3.5 3.5L13 10l4 4", "M13.6 7.6h.01"],
            IconKind::Share => &["M10 12.5V3M6.5 6 10 2.5 13.5 6", "M6 8.5H4v8.5h12V8.5h-2"],
            IconKind::Contents => &["M7 5.5h10M7 10h10M7 14.5h7", "M3.2 5.5h.01M3.2 10h.01M3.2 14.5h.01"],
            IconKind::Offline => &[
                "M6.5 15.5H6a3.5 3.5 0 0 1-.6-6.95A4.6 4.6 0 0 1 6 7.2M8.6 5.3a4.6 4.6 0 0 1 5.9 3.9 3.2 3.2 0 0 1 2.3 5.1M13 15.5H9.5",
                "m3.5 3.5 13 13",
            ],
            IconKind::Download => &["M10 3.5v9M6.5 9.5 10 13l3.5-3.5M3.5 16.5h13"],
            IconKind::Listen => &[
                "M3.5 12.5V10a6.5 6.5 0 0 1 13 0v2.5",
                "M3.5 11.5h2.25v5H4.5a1 1 0 0 1-1-1zM16.5 11.5h-2.25v5h1.25a1 1 0 0 0 1-1z",
            ],
            IconKind::Play => &["M6.5 4.5v11l9-5.5z"],
            IconKind::Pause => &["M7 4.5v11M13 4.5v11"],
            IconKind::PreviousParagraph => &["m10 4-6 6 6 6M16 4l-6 6 6 6"],
            IconKind::NextParagraph => &["m4 4 6 6-6 6M10 4l6 6-6 6"],
            IconKind::Star => {
                &["m10 2.9 2.2 4.5 4.9.7-3.55 3.45.85 4.9L10 14.1l-4.4 2.35.85-4.9L2.9 8.1l4.9-.7z"]
            }
            IconKind::Pencil => &["M4 16l.8-3.6 8.6-8.6 2.8 2.8-8.6 8.6z", "m11.6 5.6 2.8 2.8"],
            IconKind::Note => &["M4 4h12v8.5L12.5 16H4z", "M16 12.5h-3.5V16M7 7.5h6M7 10.5h4"],
            IconKind::Menu => &["M3 5.5h14M3 10h14M3 14.5h14"],
            IconKind::Keyboard => {
                &["M2.5 5.5h15v9h-15z", "M5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.75h7"]
            }
            IconKind::Calendar => &["M3.5 5h13v11.5h-13z", "M3.5 8.5h13M7 3v3.5M13 3v3.5"],
            IconKind::Label => &["M3.5 9.5v-6h6l7 7-6 6z", "M6.8 6.8h.01"],
            IconKind::Link => &[
                "M8.5 11.5a3 3 0 0 0 4.2 0l2.9-2.9a3 3 0 0 0-4.2-4.2l-1 1",
                "M11.5 8.5a3 3 0 0 0-4.2 0l-2.9 2.9a3 3 0 0 0 4.2 4.2l1-1",
            ],
            IconKind::More => &["M4.5 10h.01M10 10h.01M15.5 10h.01"],
            IconKind::Dot => &["M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"],
            IconKind::Page => &["M5 3h7l3 3v11H5z", "M12 3v3h3M7.5 10h5M7.5 13h5"],
        }
    }
}

/// Renders an icon. It is hidden from screen readers: the control around it carries the label.
pub fn icon(shape: IconKind) -> Html {
    render_icon(shape, "i")
}

/// Renders an icon at 16 px.
pub fn small_icon(shape: IconKind) -> Html {
    render_icon(shape, "i i--16")
}

fn render_icon(shape: IconKind, class: &'static str) -> Html {
    html! {
        <svg {class} viewBox="0 0 20 20" aria-hidden="true">
            { for shape.paths().iter().map(|d| html! { <path d={*d} /> }) }
        </svg>
    }
}
