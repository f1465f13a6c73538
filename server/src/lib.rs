//! The program: HTTP, sessions, downloads, workers, command line. It knows axum and no SQL: what it wants done, it asks
//! the office to do.

pub mod checkpoints;
pub mod command;
pub mod config;
pub mod demo;
mod evidence;
pub mod facilities;
pub mod front_door;
pub mod import;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod pictures;
pub mod relay;
pub mod router;
pub mod sandbox;
pub mod secrets;
pub mod serve;
pub mod sessions;
mod sign_in;
mod uploads;
