//! The program: HTTP, sessions, downloads, workers, command line. It knows axum and no SQL: what it wants done, it asks
//! the office to do.

pub mod checkpoints;
pub mod command;
pub mod config;
pub mod copies;
pub mod demo;
mod downloads;
mod evidence;
pub mod facilities;
pub mod front_door;
pub mod import;
pub mod jobs;
pub mod live;
pub mod mail;
mod page_images;
pub mod pictures;
pub mod relay;
pub mod router;
pub mod sandbox;
pub mod secrets;
pub mod serve;
pub mod sessions;
mod sign_in;
mod uploads;

/// What this program's child can do, by name.
pub const VERBS: &[sandbox::child::Verb] = &[import::VERB, pictures::VERB, copies::BUILD, copies::CHECK, copies::VIEW];
