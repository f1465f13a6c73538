//! The press from outside: what goes in, what comes out, and what other programs say of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its input has failed")]
#![expect(clippy::format_collect, reason = "a few lines of text, made once")]
#![expect(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "a handful of pages")]

mod checking;
mod hostile;
mod inertness;
mod letters;
mod made;
mod merging;
mod packaging;
mod pictures;
