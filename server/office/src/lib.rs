//! The office: what people may do, one act a file, and the only SQL there is.
//!
//! A page, a download or a command reaches the database by [`Desk`] and in no other way: it takes the seat that
//! row-level security resolves, admits, carries out, writes the trail's entry last and commits. Nothing outside
//! `desk.rs` begins or commits a transaction, functions of `store` take a connection and cannot; nothing here speaks
//! HTTP, renders a page or reads a file.

mod act;
pub mod bytes;
pub mod charts;
mod check;
mod desk;
mod error;
pub mod facilities;
pub mod front_desk;
pub mod jobs;
pub mod live;
pub mod notices;
pub mod operator;
pub mod oversight;
pub mod packages;
mod pools;
pub mod relay;
pub mod requests;
pub mod setup;
pub mod sign_in;
mod store;
mod verify_audit;
pub mod worklist;

pub use act::{About, Act, AtDesk, Seat, SystemAct, Ticket};
pub use desk::{Desk, Vault, reference};
pub use error::{Error, Result};
pub use pools::{Login, Pools, Secrets};
