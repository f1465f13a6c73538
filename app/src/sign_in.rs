//! Coming in: the pages before anybody is known. Their forms go to routes of the server, which alone set cookies.

mod page;

pub use page::{
    AccountOpen, AccountOpened, LinkOver, Register, RegisterSent, SignInPage, SignedOut, StaffSignIn, Start,
};
