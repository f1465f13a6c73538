//! What a page looks like and what a form posts: rendered on the server, and in the browser where an island adds to it.
//! A page shows what it is told and decides nothing about what is allowed; no SQL and no rule of the job lives here.

#![expect(
    unreachable_pub,
    reason = "#[component] writes a pub struct of props beside every component, private ones too"
)]

pub mod app;
pub mod around;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod front_desk;
pub mod gallery;
pub mod kept;
pub mod oversight;
pub mod problem;
mod requests;
pub mod shell;
pub mod sign_in;
pub mod ui;
pub mod words;
pub mod worklist;

pub use crate::{app::App, shell::shell};
