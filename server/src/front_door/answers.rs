//! What the front door answers itself: a form that is too long, a token that is wrong, arguments that did not decode.
//! What was typed waits for the person, or goes back in their own cookie where nobody has signed in.

use app::{
    desk::Waits,
    kept::Kept,
    problem::{FieldProblem, Problem},
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{form::FieldCode, language::Language};
use office::Seat;

use super::{Door, cookies::Cookies, token};

pub(super) enum Sentence {
    Unreadable,
    /// The database is away: the browser still has the form and sends it again on a reload; its key lets it count once.
    Unreachable,
    /// The database is away, and nothing was sent.
    Away,
    /// What the address named is not there, or not for whoever asks.
    NotFound,
}

/// A short page in the person's language, for what cannot be led back to the form. It keeps nothing that was typed.
pub(super) fn sentence(status: StatusCode, language: Language, which: Sentence) -> Response {
    let words = &app::words::words(language).ui;
    let (text, next) = match which {
        Sentence::Unreadable => (words.form_not_read, words.form_not_read_text),
        Sentence::Unreachable => (words.away, words.unreachable_reload),
        Sentence::Away => (words.away, ""),
        Sentence::NotFound => (words.not_found_title, words.not_found_text),
    };
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{text}</title></head><body><main><h1>{text}</h1><p>{next}</p><p><a href=\"/\">{}</a></p></main></body></html>",
        language.code(),
        words.start_page
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// The token is not this session's: the session ran out, or the form is from before it. Kept, then signed in again.
pub(super) async fn wrong_token(
    door: &Door,
    cookies: &Cookies,
    page: &str,
    pairs: Vec<(String, String)>,
    plain: bool,
    language: Language,
) -> Response {
    keep_and_go(door, cookies, page, pairs, of_all("form_ended"), plain, language).await
}

/// It is longer than a form may be. The longest field is the one to shorten; where nothing was read, all is said to be.
pub(super) async fn too_long(
    door: &Door,
    cookies: &Cookies,
    page: &str,
    pairs: Vec<(String, String)>,
    plain: bool,
    language: Language,
) -> Response {
    let problem = match pairs.iter().max_by_key(|(_, value)| value.len()) {
        Some((field, _)) => FieldProblem { field: field.clone(), code: FieldCode::TooLong.code().to_owned() },
        None => of_all("form_too_long"),
    };
    keep_and_go(door, cookies, page, pairs, problem, plain, language).await
}

/// The function was never called: an argument did not decode.
pub(super) async fn unanswered(
    door: &Door,
    cookies: &Cookies,
    page: &str,
    pairs: Vec<(String, String)>,
    plain: bool,
    language: Language,
) -> Response {
    keep_and_go(door, cookies, page, pairs, of_all("form_unreadable"), plain, language).await
}

fn of_all(code: &str) -> FieldProblem {
    FieldProblem { field: "form".to_owned(), code: code.to_owned() }
}

async fn keep_and_go(
    door: &Door,
    cookies: &Cookies,
    page: &str,
    pairs: Vec<(String, String)>,
    problem: FieldProblem,
    plain: bool,
    language: Language,
) -> Response {
    if !plain {
        let body = serde_json::to_string(&Problem::Form(vec![problem])).unwrap_or_default();
        return (StatusCode::UNPROCESSABLE_ENTITY, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    }
    let path = page.split('?').next().unwrap_or("/").to_owned();
    let is_password = |name: &str| name.contains("password");
    let mut problems = vec![problem];
    if let Some((field, _)) = pairs.iter().find(|(name, value)| is_password(name) && !value.is_empty()) {
        problems.push(FieldProblem { field: field.clone(), code: "password_not_kept".to_owned() });
    }
    let kept = Kept { pairs: pairs.into_iter().filter(|(name, _)| !is_password(name)).collect(), problems };
    let Some(session) = &cookies.session else {
        let mut response = Redirect::to(page).into_response();
        door.names.set_said(response.headers_mut(), &door.desk, &kept);
        if cookies.pre.is_none() {
            let pre = token::new_pre(&door.desk);
            door.names.set_pre(response.headers_mut(), &pre);
        }
        return response;
    };
    match app::desk::keep(&door.desk, &Seat::of_cookie(session), &kept).await {
        Waits::Here(id) => Redirect::to(&app::desk::with_form(&path, page, &id)).into_response(),
        Waits::UntilSignIn(id) => {
            Redirect::to(&app::desk::sign_in_for(&path, &app::desk::with_form(&path, page, &id))).into_response()
        }
        Waits::Nowhere => {
            let mut response = Redirect::to(&app::desk::sign_in_for(&path, page)).into_response();
            say_lost(door, &mut response);
            response
        }
        Waits::Away => sentence(StatusCode::SERVICE_UNAVAILABLE, language, Sentence::Unreachable),
    }
}

/// Has the page that signs in say that what was typed waits nowhere.
pub(super) fn say_lost(door: &Door, response: &mut Response) {
    let lost = Kept { pairs: Vec::new(), problems: vec![of_all("form_lost")] };
    door.names.set_said(response.headers_mut(), &door.desk, &lost);
}
