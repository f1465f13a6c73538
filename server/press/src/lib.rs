//! Documents → the copy: letters, pictures, the merged PDF, the package, and the check of whose every page is.
//!
//! Bytes in, bytes out. It runs in a child process that may be killed, so it may not reach a database, a key, the
//! network, a file, the clock or randomness: what it makes depends on its arguments and on [`VERSION`] alone, and the
//! same input gives the same bytes. What comes in is hostile until shown otherwise: a source that cannot be carried
//! is a typed reason, never a panic, and no reason repeats what a document says.

mod guard;
pub mod language;
pub mod merge;
pub mod package;
pub mod page_check;
pub mod picture;
pub mod section;
pub mod typeset;
pub mod view;
pub mod words;

/// Names what the bytes depend on besides the input. It is written into every PDF, and changes with any change that
/// alters a byte of the output.
pub const VERSION: &str = "1";
