//! Signing in and out, registering, opening an account, the language: what sets or drops a cookie. Plain forms, each led
//! back to a page; what was typed comes back in the person's own sealed cookie, never a password.

use app::{around::Place, desk::Visit, kept::Kept, problem::FieldProblem};
use axum::{
    Extension,
    extract::State,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    caller::{Role, Side},
    form::{EmailAddress, FieldCode, Password, PersonName},
    language::Language,
};
use office::{
    Error, Seat,
    sign_in::{Opening, Registration, SignInError},
};
use tower_sessions::Session;
use uuid::Uuid;

use crate::{front_door, router::Served, sessions};

fn field<'a>(visit: &'a Visit, name: &str) -> &'a str {
    visit.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
}

/// An address of ours to go on to: a path, never another site's.
fn local(next: &str) -> Option<&str> {
    let fine = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    fine.then_some(next)
}

/// POST /sign-in: a session of the side that the form names.
pub(crate) async fn sign_in(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    session: Session,
) -> Response {
    let side = if field(&visit, "side") == Side::Staff.code() { Side::Staff } else { Side::Patient };
    let (email, password) = (field(&visit, "email"), field(&visit, "password"));
    let result = match EmailAddress::parse(email) {
        Ok(email) if !password.is_empty() && password.len() <= Password::LONGEST * 4 => {
            served
                .desk
                .verify_password(&served.passwords, &email.as_str().to_lowercase(), password, &visit.origin)
                .await
        }
        _ => Err(SignInError::Wrong),
    };
    let verified = match result {
        Ok(verified) => verified,
        Err(error) => return failed(&served, &visit, &error),
    };
    // a cookie that was there before is not carried over: a new session has a new id
    if let Err(error) = begin(&session, verified.attempt, side).await {
        tracing::warn!(%error, "no session could be made");
        // what is left in it would be made into a session once more, and the answer be that failure's
        session.clear().await;
        return failed(&served, &visit, &not_begun(&error));
    }
    let seat = session.id().map(|id| Seat::of_cookie(&id.to_string()));
    let places = match (side, &seat) {
        (Side::Staff, Some(seat)) => places(&served, seat).await,
        _ => vec![Place::Requests],
    };
    let idle_seconds = match &seat {
        Some(seat) => served.desk.idle_seconds(seat).await.ok().flatten(),
        None => None,
    };
    let home = places.first().map_or("/", |place| place.address());
    let mut response = Redirect::to(local(field(&visit, "next")).unwrap_or(home)).into_response();
    served.names.set_places(response.headers_mut(), &places, idle_seconds);
    served.names.drop_pre(response.headers_mut());
    response
}

/// The places open to a member of staff, for the header; the first is where they land.
async fn places(served: &Served, seat: &Seat) -> Vec<Place> {
    let roles = served.desk.roles(seat).await.unwrap_or_default();
    let holds = |wanted: &[Role]| roles.iter().any(|role| wanted.contains(role));
    [
        (Place::Worklist, holds(&[Role::Clerk])),
        (Place::FrontDesk, holds(&[Role::FrontDesk, Role::Clerk, Role::Supervisor])),
        (Place::Oversight, holds(&[Role::Supervisor, Role::PrivacyOfficer, Role::Auditor])),
    ]
    .into_iter()
    .filter_map(|(place, open)| open.then_some(place))
    .collect()
}

async fn begin(session: &Session, attempt: Uuid, side: Side) -> Result<(), tower_sessions::session::Error> {
    session.clear().await;
    session.insert(sessions::ATTEMPT, attempt.to_string()).await?;
    session.insert(sessions::SIDE, side.code()).await?;
    session.cycle_id().await?;
    session.save().await
}

/// Why there is no session; the store says it in words alone.
fn not_begun(error: &tower_sessions::session::Error) -> SignInError {
    let said = error.to_string();
    let known = [SignInError::NoRole, SignInError::Wrong].into_iter().find(|why| why.to_string() == said);
    known.unwrap_or(SignInError::Office(Error::Ended))
}

/// Back to the form's page with the address that was typed and the problem's code; an address without an account reads
/// like a wrong password.
fn failed(served: &Served, visit: &Visit, error: &SignInError) -> Response {
    let problems = match error {
        SignInError::Wrong => vec![("email", FieldCode::EmailOrPasswordWrong.code())],
        SignInError::Limited => vec![("form", "too_many_attempts")],
        SignInError::NoRole => vec![("form", "no_role")],
        SignInError::Busy => vec![("form", "busy")],
        SignInError::Office(Error::Form(problems)) => {
            problems.iter().map(|problem| (problem.field.as_str(), problem.code.code())).collect()
        }
        SignInError::Office(error) => {
            tracing::error!(?error, "signing in");
            vec![("form", "unreachable")]
        }
    };
    back(served, visit, problems)
}

fn back(served: &Served, visit: &Visit, problems: Vec<(&str, &str)>) -> Response {
    let kept = Kept {
        pairs: visit.pairs.iter().filter(|(name, _)| !name.contains("password")).cloned().collect(),
        problems: problems
            .into_iter()
            .map(|(field, code)| FieldProblem { field: field.to_owned(), code: code.to_owned() })
            .collect(),
    };
    let mut response = Redirect::to(&visit.page).into_response();
    served.names.set_said(response.headers_mut(), &served.desk, &kept);
    response
}

/// POST /sign-out
pub(crate) async fn sign_out(State(served): State<Served>, Extension(visit): Extension<Visit>) -> Response {
    if let Some(seat) = &visit.seat
        && let Err(error) = served.desk.end_session(seat).await
    {
        tracing::error!(?error, "signing out");
        return front_door::unreachable();
    }
    let mut response = Redirect::to("/signed-out").into_response();
    served.names.drop_session(response.headers_mut());
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    response
}

/// POST /register: the page that follows is the same for every address.
pub(crate) async fn register(State(served): State<Served>, Extension(visit): Extension<Visit>) -> Response {
    let (name, email, password) = (
        PersonName::parse(field(&visit, "name")),
        EmailAddress::parse(field(&visit, "email")),
        field(&visit, "password"),
    );
    let mut problems = Vec::new();
    if let Err(code) = &name {
        problems.push(("name", code.code()));
    }
    if let Err(code) = &email {
        problems.push(("email", code.code()));
    }
    if let Err(code) = Password::parse(password) {
        problems.push(("password", code.code()));
    } else if password != field(&visit, "password_again") {
        problems.push(("password_again", FieldCode::PasswordsDiffer.code()));
    }
    let (Ok(name), Ok(email), []) = (name, email, problems.as_slice()) else { return back(&served, &visit, problems) };
    let new = Registration {
        name: name.as_str().to_owned(),
        email: email.as_str().to_lowercase(),
        password: password.to_owned(),
        language: visit.language,
    };
    match served.desk.register(&served.passwords, new, &visit.origin).await {
        Ok(()) => Redirect::to("/register/sent").into_response(),
        Err(error) => failed(&served, &visit, &error),
    }
}

/// POST /account/open: the mailed link's page posts here, with the password, so that neither a mail scanner nor somebody
/// who did not ask for the account opens it.
pub(crate) async fn open_account(State(served): State<Served>, Extension(visit): Extension<Visit>) -> Response {
    let password = field(&visit, "password");
    let opened = match Uuid::try_parse(field(&visit, "attempt")) {
        Ok(_) if password.len() > Password::LONGEST * 4 => Ok(Opening::WrongPassword),
        Ok(attempt) => served.desk.open_account(&served.passwords, attempt, field(&visit, "code"), password).await,
        Err(_) => Ok(Opening::LinkOver),
    };
    match opened {
        Ok(Opening::Opened) => Redirect::to("/account/opened").into_response(),
        Ok(Opening::WrongPassword) => back(&served, &visit, vec![("password", "not_the_chosen_password")]),
        Ok(Opening::LinkOver) => Redirect::to("/account/link-over").into_response(),
        Err(error) => failed(&served, &visit, &error),
    }
}

/// POST /language: a cookie, and back to the page.
pub(crate) async fn language(State(served): State<Served>, Extension(visit): Extension<Visit>) -> Response {
    let mut response = Redirect::to(local(field(&visit, "return")).unwrap_or("/")).into_response();
    if let Some(language) = Language::from_code(field(&visit, "language")) {
        served.names.set_language(response.headers_mut(), language);
    }
    response
}

/// POST /stay: somebody is still there.
pub(crate) async fn stay(State(served): State<Served>, Extension(visit): Extension<Visit>) -> Response {
    match &visit.seat {
        Some(seat) => match served.desk.stay(seat).await {
            Ok(()) => StatusCode::NO_CONTENT.into_response(),
            Err(Error::SignInAgain) => StatusCode::UNAUTHORIZED.into_response(),
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}
