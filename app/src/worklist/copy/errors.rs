//! What is wrong with a copy: the codes, and a note. Setting aside and sending back ask in the same words.

use domain::{package::ErrorCode, words};
use leptos::prelude::*;

use crate::{
    ui::{CheckBoxes, Choice, TextArea},
    worklist::tried::Tried,
};

/// `where_it_is` asks whether it is about one page; it stands between the codes and the note.
pub(in crate::worklist) fn errors(where_it_is: AnyView, tried: &Tried) -> AnyView {
    let copy = tried.copy;
    let choices = ErrorCode::ALL
        .iter()
        .map(|one| {
            Choice::new(one.code(), words::error_code(*one).to(tried.language))
                .chosen(tried.chosen("codes[]", one.code()))
        })
        .collect();
    let (note, note_error) = (tried.value("note", ""), tried.error("note"));
    view! {
        <CheckBoxes name="codes" legend=copy.which_errors choices error=tried.error("codes")/>
        {where_it_is}
        <TextArea name="note" label=copy.note limit=1000 rows=3 value=note error=note_error/>
    }
    .into_any()
}

/// A form of errors came back: the fold that it stands in is open.
pub(in crate::worklist) fn came_back(tried: &Tried) -> bool {
    ["codes", "page", "note"].into_iter().any(|field| tried.error(field).is_some())
}
