//! Labels that a reader gives to articles.

use super::{Millis, UserData, UserDataEdit};
use crate::model::Id;
use crate::small_sort;
use crate::text::fold;

/// Maximum length of a label in characters.
const MAX_LABEL_CHARS: usize = 60;

/// Returns a label as it is stored: without quotes, control characters and superfluous white space. `None` if nothing
/// is left.
pub fn label_name(typed: &str) -> Option<String> {
    let kept: String = typed
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '"' | '“' | '”' | '＂'))
        .collect();
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = words.chars().take(MAX_LABEL_CHARS).collect();
    Some(name.trim_end().to_owned()).filter(|name| !name.is_empty())
}

/// Label of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Labelled article.
    pub article: Id,
    /// Name of the label.
    pub name: String,
    /// Time at which the article was labelled.
    pub time: Millis,
}

/// Labels, sorted by article and name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels(Vec<Label>);

impl Labels {
    /// Returns the number of labels of all articles.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Returns all labels, sorted by article and name.
    pub fn iter(&self) -> impl Iterator<Item = &Label> {
        self.0.iter()
    }

    /// Returns the time at which the article was labelled.
    pub fn time(&self, article: Id, name: &str) -> Option<Millis> {
        self.position(article, name).ok().map(|at| self.0[at].time)
    }

    /// Adds a label, or removes it without `time`. Returns its previous time.
    pub fn set(&mut self, article: Id, name: &str, time: Option<Millis>) -> Option<Millis> {
        match (self.position(article, name), time) {
            (Ok(at), Some(time)) => Some(std::mem::replace(&mut self.0[at].time, time)),
            (Ok(at), None) => Some(self.0.remove(at).time),
            (Err(at), Some(time)) => {
                self.0.insert(at, Label { article, name: name.to_owned(), time });
                None
            }
            (Err(_), None) => None,
        }
    }

    fn position(&self, article: Id, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|label| (label.article, label.name.as_str()).cmp(&(article, name)))
    }
}

impl UserData {
    /// Returns true if the article has the label.
    pub fn has_label(&self, id: Id, label: &str) -> bool {
        self.labels.time(id, label).is_some()
    }

    /// Returns the labels of an article in alphabetical order.
    pub fn labels_of(&self, id: Id) -> impl Iterator<Item = &Label> {
        let start = self.labels.0.partition_point(|label| label.article < id);
        self.labels.0[start..].iter().take_while(move |label| label.article == id)
    }

    /// Returns all names of labels in alphabetical order.
    pub fn label_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.labels.iter().map(|label| label.name.as_str()).collect();
        small_sort::sort(&mut names);
        names.dedup();
        names
    }

    /// Returns the label that is typed, in the spelling that other articles have.
    pub fn typed_label(&self, typed: &str) -> Option<String> {
        let name = label_name(typed)?;
        let folded = fold(&name);
        let known = self.label_names().into_iter().find(|known| fold(known) == folded).map(str::to_owned);
        known.or(Some(name))
    }

    /// Returns the edit that adds the label to an article or removes it.
    pub fn toggle_label(&self, id: Id, label: &str, now: Millis) -> UserDataEdit {
        let time = (!self.has_label(id, label)).then_some(now);
        UserDataEdit::Label(id, label.to_owned(), time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_of_an_article_are_toggled_and_listed() {
        let (mut data, [a, b]) = (UserData::default(), ["a", "b"].map(Id::from_path));
        for (id, label) in [(a, "海"), (a, "人物"), (b, "海"), (b, "旧事"), (b, "旧事")] {
            let edit = data.toggle_label(id, label, 7);
            data.apply(edit);
        }
        let names = |id| data.labels_of(id).map(|label| label.name.as_str()).collect::<Vec<_>>();
        assert_eq!((names(a), names(b)), (vec!["人物", "海"], vec!["海"]));
        assert_eq!(data.label_names(), ["人物", "海"]);
        assert!(data.has_label(a, "海") && !data.has_label(b, "旧事"));
        data.apply(UserDataEdit::Label(b, "Sea".to_owned(), Some(8)));
        for (typed, label) in
            [(" SEA ", Some("Sea")), ("人物", Some("人物")), ("Seas", Some("Seas")), ("“”", None)]
        {
            assert_eq!(data.typed_label(typed).as_deref(), label);
        }
    }

    #[test]
    fn typed_labels_are_cleaned() {
        for (typed, name) in [
            ("  人 物\n ", Some("人 物")),
            ("“海”", Some("海")),
            ("a\"b", Some("ab")),
            (" \t ", None),
            ("", None),
        ] {
            assert_eq!(label_name(typed).as_deref(), name);
        }
        assert_eq!(label_name(&"长".repeat(99)).unwrap().chars().count(), MAX_LABEL_CHARS);
    }

    proptest! {
        #[test]
        fn label_names_are_stable(typed in "\\PC*") {
            if let Some(name) = label_name(&typed) {
                prop_assert_eq!(label_name(&name), Some(name));
            }
        }
    }
}
