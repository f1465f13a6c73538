//! What oversight's pages read and what their one form posts.

use domain::shown::oversight as shown;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::desk;
use crate::problem::Problem;
#[cfg(feature = "ssr")]
use office::oversight as acts;

#[server(name = BoardCall, endpoint = "oversight/board")]
pub async fn board() -> Result<shown::Oversight, Problem> {
    desk::look(Ok(acts::LookAtBoard)).await
}

#[server(name = TrailCall, endpoint = "oversight/trail")]
pub async fn trail(
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] act: String,
    #[server(default)] outcome: String,
    #[server(default)] person: String,
    #[server(default)] number: String,
    #[server(default)] after: String,
) -> Result<shown::Trail, Problem> {
    let asked = acts::TrailAsked { from, to, act, outcome, person, number, after };
    desk::look(Ok(acts::ReadTrail { asked })).await
}

#[server(name = VerifyTrailCall, endpoint = "oversight/verify-trail")]
pub async fn verify_trail() -> Result<(), Problem> {
    let next = |id: &_| format!("/oversight/verify?result={id}");
    desk::carry_out("/oversight/verify", next, Ok(acts::VerifyTrail)).await.map(|_| ())
}

#[server(name = VerificationCall, endpoint = "oversight/verification")]
pub async fn verification(#[server(default)] result: String) -> Result<shown::Chain, Problem> {
    desk::look(acts::LookAtVerification::parse(&result)).await
}
