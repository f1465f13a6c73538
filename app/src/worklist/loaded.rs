//! How a page of the worklist comes by what it shows, with its words.

use std::future::Future;

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::tried::Tried;
use crate::{problem::Problem, ui};

pub(super) fn loaded<T, F>(read: F, view: impl Fn(T, Tried) -> AnyView + Clone + Send + Sync + 'static) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    ui::loaded(read, move |shown, tried| view(shown, tried.into()))
}
