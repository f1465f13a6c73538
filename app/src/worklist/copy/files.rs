//! The files of a copy, each with the act that opens it.

use domain::{package::FileRole, shown::worklist::FileShown};
use leptos::prelude::*;

use crate::{
    ui::{Button, ButtonKind, FileList, Form, ListedFile},
    words::described,
    worklist::tried::Tried,
};

/// `action` is posted the request and the file's position, and leads to its bytes in a new tab. None: nothing opens.
pub(in crate::worklist) fn files<'a>(
    files: impl IntoIterator<Item = &'a FileShown>,
    request: &str,
    open: Option<(&'static str, &'static str)>,
    tried: &Tried,
) -> AnyView {
    let files: Vec<_> = files
        .into_iter()
        .filter(|file| file.role != FileRole::Index)
        .map(|file| {
            let name = tried.copy.role(file.role).map_or_else(|| file.name.clone(), ToOwned::to_owned);
            let act = open.map(|(action, text)| form(action, text, request, file, &name, tried));
            ListedFile { beside: described(&file.media_type, file.pages, file.bytes, tried.language), act, name }
        })
        .collect();
    view! { <FileList files/> }.into_any()
}

fn form(
    action: &'static str,
    text: &'static str,
    request: &str,
    file: &FileShown,
    name: &str,
    tried: &Tried,
) -> AnyView {
    let (request, position) = (request.to_owned(), file.position.to_string());
    let hidden = format!("{name}, {}", tried.copy.new_tab);
    view! {
        <Form action=action key="" inline=true>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="position" value=position/>
            <Button text kind=ButtonKind::Secondary hidden new_tab=true/>
        </Form>
    }
    .into_any()
}
