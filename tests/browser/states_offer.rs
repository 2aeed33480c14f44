//! Offer of the states that came along with an archive.

use crate::archives::repository;
use crate::visit::{Reader, open, published_with_states};

const OFFER: &str = ".notice__t";

/// Waits until rows of these classes have these numbers.
fn settles(reader: &Reader, starred: usize, read: usize) {
    reader.settles(|| (reader.count(".row.is-starred"), reader.count(".row.is-read")), (starred, read));
}

#[test]
fn states_are_taken_over_once() {
    let reader = open(published_with_states("states", vec![repository("tests/data/formats")]));
    reader.shows(OFFER, "2 篇收藏、2 篇已读、2 处划线、4 个标签");
    settles(&reader, 0, 0);
    reader.click_text(".notice .link", "导入");
    reader.gone(OFFER);
    reader.shows(".notice", "已导入 10 条");
    settles(&reader, 2, 2);
    reader.reload();
    settles(&reader, 2, 2);
    reader.gone(OFFER);
    // The highlight of a note lies in its text.
    reader.read("江水退了");
    reader.settles(|| reader.highlighted("annotation"), vec!["堤上的人".to_owned()]);
}

#[test]
fn declined_states_are_not_offered_again() {
    let reader = open(published_with_states("states-declined", vec![repository("tests/data/formats")]));
    reader.shows(OFFER, "2 篇收藏");
    reader.click_text(".notice .link", "不用了");
    reader.gone(OFFER);
    reader.reload();
    settles(&reader, 0, 0);
    reader.gone(OFFER);
}
