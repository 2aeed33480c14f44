//! Panel of an article's labels, requested by the reader and rendered by a lazily loaded chunk.

use super::row_menu::Point;
use crate::model::Id;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct LabelPanelProps {
    pub id: Id,
    pub at: Point,
    pub close: Callback<()>,
}
