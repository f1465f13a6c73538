//! The front desk: one box, a check of the caller, one sentence to read aloud; and a form for whoever asks at the desk or
//! by phone.

mod caller;
mod calls;
mod desk_page;
mod enter;
mod entered;
mod found;
mod notice;
mod told;

pub use self::{
    caller::Caller, desk_page::Desk, enter::Enter, entered::Entered, found::Found, notice::Notice, told::Told,
};
