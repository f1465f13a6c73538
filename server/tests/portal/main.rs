//! The whole program behind its router, without a browser, over a real PostgreSQL.
//!
//! `./dev test rust` starts a private cluster and names it in `PORTAL_TEST_ADMIN`.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../../office/tests/office/cluster.rs"]
#[expect(dead_code, reason = "shared with the office's tests, which use more of it")]
mod cluster;
#[path = "../../office/tests/office/people.rs"]
#[expect(dead_code, reason = "shared with the office's tests, which use more of it")]
mod people;

mod authorization;
mod files;
mod front_door;
mod keeping;
mod visitor;
