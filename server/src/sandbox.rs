//! Runs what reads and builds documents as a child of its own: `portal worker <verb>`, the same program again.
//!
//! A hostile file may take over the code that parses it. That code therefore runs where there is nothing to take: no
//! environment, no files, no sockets, no keys, no other program; bytes come in and go out over two pipes, and the child
//! is killed when it takes too much time, memory or output.
//!
//! The parent never trusts what a child says: it checks every frame, logs nothing that the child wrote, and keeps a
//! buffer of one frame, whatever the document's size. The child never starts work before it has limited itself.

pub mod child;

mod error;
mod frame;
mod gap;
mod job;
mod run;
mod talk;
mod traffic;

pub use error::SandboxError;
pub use frame::CHUNK;
pub use gap::Gap;
pub use job::{Job, Limits, Outcome};
pub use run::Sandbox;
pub use traffic::{Sink, Sources};
