//! `portal demo`: an invented hospital, into an empty database only.

use super::Failure;
use crate::{config::Base, demo};

pub(crate) async fn run(base: &Base, print_sign_ins: bool) -> Result<(), Failure> {
    if !print_sign_ins {
        demo::make(base).await?;
    }
    Ok(demo::print_sign_ins()?)
}
