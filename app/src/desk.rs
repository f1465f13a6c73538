//! The pages' way to the office, on the server: performs an act for whoever sits there and answers a form: a plain one
//! by a redirect with what was typed kept, a `fetch` by a status and a body.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode, request::Parts};
use domain::{caller::Side, language::Language};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use office::{Act, Desk, Error, Seat, Ticket};
use uuid::Uuid;

use crate::{
    around::{self, Place},
    kept::Kept,
    problem::{FieldProblem, Problem},
};

/// Marks a response that the desk has answered; the front door takes it off.
pub const ANSWERED: &str = "x-answered";
/// What that mark says where the database is away, and what was typed can be kept by nobody but the browser.
pub const UNREACHABLE: &str = "unreachable";
/// What it says on the way to the sign-in, where what was typed waits nowhere: the session was ended, or ran out more than
/// a day ago.
pub const LOST: &str = "lost";

/// What the front door leaves in the request's extensions.
#[derive(Clone)]
pub struct Visit {
    pub seat: Option<Seat>,
    /// The form token for this response, masked.
    pub token: String,
    /// What was posted, without the token.
    pub pairs: Vec<(String, String)>,
    /// What a form before sign-in has to show again.
    pub said: Option<Kept>,
    /// The network's prefix.
    pub origin: String,
    /// A page is wanted, not data.
    pub plain: bool,
    /// An open page fetches itself anew: nobody's activity.
    pub refetch: bool,
    pub path: String,
    /// The page that the form stood on.
    pub page: String,
    pub language: Language,
    /// What the form token is bound to.
    pub bound: String,
    /// The places that the header names to a member of staff; what they may do is asked in each act.
    pub places: Vec<Place>,
    /// After how many seconds without an act the session ends.
    pub idle_seconds: Option<u32>,
}

/// The request's visit.
///
/// # Errors
/// The front door was left out.
pub fn visit() -> Result<Visit, Problem> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visit>().cloned()).ok_or(Problem::Unreachable)
}

fn desk() -> Result<Arc<Desk>, Problem> {
    use_context::<Arc<Desk>>().ok_or(Problem::Unreachable)
}

/// A page's one act. Nobody seated: to the sign-in page of the act's side, and back afterwards.
///
/// # Errors
/// What the page has to say instead.
pub async fn look<A: Act>(act: Result<A, Error>) -> Result<A::Output, Problem> {
    let visit = visit()?;
    let result = perform(&visit, None, act).await;
    match &result {
        Err(Problem::SignInAgain) if visit.plain => go(&sign_in(A::SIDE, &address())),
        Err(problem) if problem.is_not_there() => set_status(StatusCode::NOT_FOUND),
        Err(Problem::Refused(_)) => set_status(StatusCode::CONFLICT),
        Err(Problem::Fault { .. }) => set_status(StatusCode::INTERNAL_SERVER_ERROR),
        Err(Problem::Unreachable) => set_status(StatusCode::SERVICE_UNAVAILABLE),
        _ => {}
    }
    result
}

/// A form's act: carried out once however often it is sent, answered for a plain form and for a `fetch` alike. `page` is
/// where the form stands, `next` where it leads.
///
/// # Errors
/// The form's problems; for a plain form the redirect is set as well.
pub async fn carry_out<A: Act>(
    page: &str,
    next: impl FnOnce(&A::Output) -> String,
    act: Result<A, Error>,
) -> Result<A::Output, Problem> {
    let visit = visit()?;
    let key = visit.pairs.iter().find(|(name, _)| name == "key").and_then(|(_, key)| Uuid::try_parse(key).ok());
    let said = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let ticket = key.map(|key| Ticket::of(key, said));
    let result = perform(&visit, ticket, act).await;
    set_header(ANSWERED, "1");
    match &result {
        Ok(done) => {
            drop_kept(&visit).await;
            if visit.plain {
                go(&next(done));
            }
        }
        Err(problem) if visit.plain => match back(&visit, A::SIDE, page, problem).await {
            Back::To(to) => go(&to),
            Back::Lost(to) => {
                go(&to);
                set_header(ANSWERED, LOST);
            }
            Back::Nowhere => set_header(ANSWERED, UNREACHABLE),
        },
        Err(problem) => set_status(status(problem)),
    }
    result
}

async fn perform<A: Act>(visit: &Visit, ticket: Option<Ticket>, act: Result<A, Error>) -> Result<A::Output, Problem> {
    let seat = visit.seat.clone().ok_or(Problem::SignInAgain)?;
    let result = match act {
        Ok(act) if A::LOOK && visit.refetch => desk()?.look_again(seat, act).await,
        Ok(act) => desk()?.perform(seat, ticket, act).await,
        Err(error) => Err(desk()?.sits(&seat, A::SIDE).await.err().unwrap_or(error)),
    };
    result.map_err(|error| problem(A::NAME, &error))
}

/// An error as pages know it. A fault is logged once, with the reference that the person is given.
pub fn problem(act: &'static str, error: &Error) -> Problem {
    match error {
        Error::Refused(why) => Problem::Refused(why.code().to_owned()),
        Error::Form(problems) => Problem::Form(
            problems
                .iter()
                .map(|problem| FieldProblem { field: problem.field.clone(), code: problem.code.code().to_owned() })
                .collect(),
        ),
        Error::SignInAgain => Problem::SignInAgain,
        Error::Away(cause) => {
            leptos::logging::error!("act {act}: the database is away: {cause}");
            Problem::Unreachable
        }
        fault => {
            let reference = office::reference();
            leptos::logging::error!("act {act}: fault {reference}: {fault:?}");
            Problem::Fault { reference }
        }
    }
}

fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::Refused(_) | Problem::Form(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::SignInAgain => StatusCode::UNAUTHORIZED,
        Problem::Fault { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        Problem::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Where a failed plain form leads.
enum Back {
    /// Its page, with what was typed waiting under an id in the address.
    To(String),
    /// The sign-in, which says that what was typed waits nowhere.
    Lost(String),
    /// The database is away: the browser alone has what was typed.
    Nowhere,
}

async fn back(visit: &Visit, side: Side, page: &str, problem: &Problem) -> Back {
    let problems = match problem {
        Problem::Form(problems) => problems.clone(),
        Problem::Refused(code) => vec![FieldProblem { field: "form".to_owned(), code: code.clone() }],
        Problem::SignInAgain => vec![FieldProblem { field: "form".to_owned(), code: "form_ended".to_owned() }],
        Problem::Fault { reference } => {
            vec![FieldProblem { field: "form".to_owned(), code: format!("fault:{reference}") }]
        }
        Problem::Unreachable => vec![FieldProblem { field: "form".to_owned(), code: "unreachable".to_owned() }],
    };
    let waits = |name: &str| !name.contains("password") && (name != "key" || problem.leaves_open());
    let pairs = visit.pairs.iter().filter(|(name, _)| waits(name)).cloned().collect();
    let kept = Kept { pairs, problems };
    let (Ok(desk), Some(seat)) = (desk(), &visit.seat) else { return Back::To(sign_in(side, page)) };
    match keep(&desk, seat, &kept).await {
        Waits::Nowhere => Back::Lost(sign_in(side, page)),
        // somebody was there, but not on the side that this form belongs to
        Waits::Here(_) if matches!(problem, Problem::SignInAgain) => Back::To(sign_in(side, page)),
        Waits::Here(id) => Back::To(with_form(page, &visit.page, &id)),
        Waits::UntilSignIn(id) => Back::To(sign_in(side, &with_form(page, &visit.page, &id))),
        Waits::Away => Back::Nowhere,
    }
}

/// Where a failed form waits.
pub enum Waits {
    Here(String),
    /// The session ran out: it is there once the same person has signed in again.
    UntilSignIn(String),
    /// Nobody sits there: the session was ended, or ran out more than a day ago.
    Nowhere,
    /// The database is away: the browser alone has what was typed.
    Away,
}

/// Keeps a failed form for the person at the seat, or for whoever sat there last.
pub async fn keep(desk: &Desk, seat: &Seat, kept: &Kept) -> Waits {
    let Ok(text) = serde_json::to_vec(kept) else { return Waits::Away };
    match desk.keep_form(seat, &text).await {
        Ok(id) => Waits::Here(id.to_string()),
        Err(Error::SignInAgain) => match desk.keep_form_late(seat, &text).await {
            Ok(Some(id)) => Waits::UntilSignIn(id.to_string()),
            Ok(None) => Waits::Nowhere,
            Err(_) => Waits::Away,
        },
        Err(_) => Waits::Away,
    }
}

/// What waits under the `form` of this page's address, or what a form before sign-in said.
pub async fn kept() -> Kept {
    let Ok(visit) = visit() else { return Kept::default() };
    // from the request, not from the router: a page's function may be asked for by itself
    let address = address();
    let id = address
        .split_once('?')
        .and_then(|(_, query)| query.split('&').find_map(|pair| pair.strip_prefix("form=")))
        .and_then(|id| Uuid::try_parse(id).ok());
    if let (Some(id), Ok(desk), Some(seat)) = (id, desk(), &visit.seat)
        && let Ok(Some(text)) = desk.kept_form(seat, id).await
    {
        return serde_json::from_slice(&text).unwrap_or_default();
    }
    visit.said.unwrap_or_default()
}

async fn drop_kept(visit: &Visit) {
    let id = visit.page.split_once("form=").and_then(|(_, rest)| Uuid::try_parse(rest.split('&').next()?).ok());
    if let (Some(id), Ok(desk), Some(seat)) = (id, desk(), &visit.seat) {
        // the form has succeeded; where this fails it lapses by itself
        let _ = desk.drop_form(seat, id).await;
    }
}

/// A page's address with the id of what waits there; the rest of the query it had is kept.
pub fn with_form(page: &str, came_from: &str, id: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let query = match came_from.split_once('?') {
        Some((from, query)) if from == path => query,
        _ => query,
    };
    let rest: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("form=")).collect();
    if rest.is_empty() { format!("{path}?form={id}") } else { format!("{path}?{}&form={id}", rest.join("&")) }
}

/// The sign-in page of a side; `next` is where it leads afterwards.
pub fn sign_in(side: Side, next: &str) -> String {
    let side = match side {
        Side::Patient => around::Side::Patient,
        Side::Staff => around::Side::Staff,
    };
    side.sign_in_before(next)
}

/// The sign-in page that fits an address.
pub fn sign_in_for(path: &str, next: &str) -> String {
    around::Side::of(path).sign_in_before(next)
}

/// This page's path and query.
pub fn address() -> String {
    use_context::<Parts>().map_or_else(
        || "/".to_owned(),
        |parts| parts.uri.path_and_query().map_or_else(|| "/".to_owned(), |address| address.as_str().to_owned()),
    )
}

/// Where this portal is, as people type it.
#[derive(Clone)]
pub struct Site {
    pub origin: Arc<str>,
}

/// The address of the page to sign in at, as it is written in a letter.
pub fn sign_in_address() -> String {
    let origin = use_context::<Site>().map(|site| site.origin).unwrap_or_default();
    format!("{origin}/sign-in")
}

#[expect(clippy::disallowed_methods, reason = "the one lawful use: whoever calls it returns right after")]
fn go(to: &str) {
    leptos_axum::redirect(to);
}

fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

fn set_header(name: &'static str, value: &'static str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
