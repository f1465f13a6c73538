//! What pages show: one shape for each page, holding exactly what its reader may see. The office fills them in; pages
//! print them and decide nothing.

pub mod front_desk;
mod keys;
pub mod oversight;
pub mod requests;
pub mod worklist;

pub use keys::Keys;
