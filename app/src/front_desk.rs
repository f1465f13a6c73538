//! The front desk: one box, a check of the caller, one sentence to read aloud; a form for whoever asks at the desk, by
//! phone or on paper; and the printed copy handed out.

mod caller;
mod calls;
mod collect;
mod desk_page;
mod enter;
mod entered;
mod found;
mod letters;
mod notice;
mod told;

pub use self::{
    caller::Caller, collect::Collect, desk_page::Desk, enter::Enter, entered::Entered, found::Found, notice::Notice,
    told::Told,
};
