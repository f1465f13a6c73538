//! The office against a real PostgreSQL: everything goes through the door, under the logins that serve; the walls are
//! tried by raw SQL under each login.
//!
//! `./dev test rust` starts a private cluster and names it in `PORTAL_TEST_ADMIN`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod acts;
mod cases;
mod cluster;
mod front_desk;
mod jobs;
mod notices;
mod oversight;
mod people;
mod requests;
mod row_security;
mod sign_in;
mod trail;
mod worklist;
