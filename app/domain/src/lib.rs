//! The rules of the job, and its words: pure, and the same in the browser and on the server. Nothing here does I/O,
//! reads a clock, makes an id or draws a random number; times and ids come in as arguments, and what needs a time zone
//! is given one. Nothing here decides by itself: a transition takes a state and returns the next one or a
//! [`refusal::Refusal`] that names why not.
//!
//! # The life of a request
//!
//! A patient begins a **draft**, answers one question after the other ([`ask::Draft`]), signs a statement with their
//! full name and **sends** it; or the front desk **enters** what came by telephone, in person or on paper, with the day
//! it truly arrived ([`request`]). Receipt starts the **clock** ([`clock`]): every rule's day is worked out once, the
//! earliest binds, and nothing pauses it.
//!
//! A clerk **claims** the request and is its [`request::Holder`]; nobody holds a request that they made themselves. The
//! holder finds out three facts ([`verification`]): who asks, that they may, and whose chart answers; each with its
//! evidence, none by itself. Where something is missing the holder **asks** the patient one [`question`] at a time, with
//! at least two ways to answer, and the clock runs on.
//!
//! Once all three facts are known, what was asked for is found part by part ([`item`]): **located** and **approved**,
//! **not found** with a log of the search, or **held elsewhere** with where to ask. "Everything" becomes one item for
//! each kind of record that is there. When every item is decided, the holder chooses documents and builds a
//! [`package`]: a frozen list, typeset, merged, and looked through page by page for whose it is. What the machine cannot
//! confirm the builder answers for, with a reason, or sets the package aside.
//!
//! Then a **second person**, who neither built it nor overrode anything in it, sees every page and **releases** it or
//! sends it back. At that instant identity, chart, decisions and question are all asked again. A released package is a
//! [`delivery`]: opened in the portal or collected at the desk. Two weeks later, or when the patient says that all is
//! good, the request **closes** with the outcome of its items. Until it is released the patient can **withdraw** it, and
//! has fifteen minutes to change their mind.
//!
//! Where it all stands is never stored: [`status::status`] works it out, and [`words`] says it the same way on every
//! page, in every message and aloud at the desk.
#![expect(
    clippy::missing_errors_doc,
    reason = "a Refusal or a FieldCode is a closed set whose variants say when they occur; a second list would go stale"
)]

pub mod ask;
pub mod caller;
pub mod clock;
mod code;
pub mod delivery;
pub mod document;
pub mod form;
pub mod ids;
pub mod item;
pub mod language;
pub mod lookup;
pub mod matching;
pub mod notice;
pub mod number;
pub mod package;
pub mod question;
pub mod refusal;
pub mod request;
pub mod shown;
pub mod status;
pub mod timeline;
pub mod verification;
pub mod version;
pub mod words;

#[cfg(test)]
mod model;
#[cfg(test)]
mod testing;
