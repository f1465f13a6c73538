//! The copy: what goes in, and how far it is: begun, made, answered for, handed over.

pub(super) mod calls;
mod contents;
mod errors;
mod files;
mod findings;
mod package;

use crate::ui::param;
use domain::{package::PackageStage, shown::worklist::CopyPage};
use leptos::prelude::*;

use self::{calls::look_at_copy, contents::contents, package::stands};
pub(super) use self::{
    contents::left_out,
    errors::{came_back, errors},
    files::files,
};
use super::{
    frame::{At, frame},
    loaded::loaded,
    tried::Tried,
};

#[component]
pub fn CaseCopyPage() -> impl IntoView {
    loaded(look_at_copy(param("request")), |copy, tried| page(&copy, &tried))
}

fn page(shown: &CopyPage, tried: &Tried) -> AnyView {
    let built = shown.package.as_ref().is_some_and(|package| package.stage == PackageStage::Built);
    let body = view! {
        {shown.package.as_ref().map(|package| stands(shown, package, tried))}
        {contents(shown, tried)}
    }
    .into_any();
    frame(&shown.head, At::Copy { built }, tried.copy.copy_title, tried, body)
}
