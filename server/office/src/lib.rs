//! The office: what people may do, one act a file, and the only SQL there is.
//!
//! A page, a download or a command reaches the database by [`Desk`] and in no other way: it takes the seat that
//! row-level security resolves, admits, carries out, writes the trail's entry last and commits. Transactions are begun
//! in `desk.rs` alone. They are committed there and, where bytes are staged or read part by part under a grant that an
//! act gave, in `bytes.rs`; functions of `store` take a connection and can do neither. Nothing here speaks HTTP or
//! renders a page, and no file is read but the logins' passwords (`pools.rs`).

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
