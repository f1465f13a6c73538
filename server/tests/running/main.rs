//! The whole program against a PostgreSQL of its own: what a person is told was done is done, though the database stops
//! in the middle; mail arrives; an open page hears of changes.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod browser;
mod house;
mod looked_after;
mod recovery;
mod sign_up;
