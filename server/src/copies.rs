//! Copies: built, checked and shown by children of the sandbox, which know neither database nor keys. What goes in comes
//! range by range out of sealed bytes, what comes out is sealed as it arrives: neither side's memory grows with a copy.
//!
//! A child is asked by [`build`], [`check`] and [`view`]; [`make`] does all that a package needs. Nothing here decides
//! what goes into a copy: the office's plan says so.

mod build;
mod check;
mod child;
mod fails;
mod letter;
mod limits;
mod make;
mod shelf;
mod sources;
mod view;
mod words;

pub use build::{File, Made, Output, VERB as BUILD, build};
pub use check::{VERB as CHECK, check};
pub use fails::fails;
pub use letter::{expected, plan};
pub use make::{NotMade, Ready, make};
pub use sources::Stored;
pub(crate) use view::NO_SUCH_PAGE;
pub use view::{VERB as VIEW, View, view};
