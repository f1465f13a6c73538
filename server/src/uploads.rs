//! Files that people send, in parts. The form's token is the first part and is right before a byte of the file is kept;
//! the file is read in a child; what came of it is staged sealed, and one act attaches all of it or nothing.

mod evidence;
mod form;

use app::{
    desk::{Visit, Waits},
    kept::Kept,
    problem::{FieldProblem, Problem},
};
use axum::{
    extract::{
        Multipart,
        multipart::{Field, MultipartRejection},
    },
    response::{IntoResponse, Redirect, Response},
};
use bytes::{Bytes, BytesMut};
use domain::{caller::Side, form::FieldCode, refusal::Refusal};
use office::{Error, Seat};

use crate::{
    front_door::token,
    pictures::{self, Unread},
    router::Served,
};

pub(crate) use evidence::send_evidence;
pub(crate) use form::send_form;

/// Of a file as it is sent.
const LARGEST: usize = 15 << 20;
/// What is read of a larger one, so that the browser hears why it is not taken; beyond that the connection ends.
pub(crate) const BODY: usize = 64 << 20;
/// Of what is kept of one page.
const LARGEST_KEPT: u64 = 16 << 20;
/// Ids and versions, nothing that is typed.
const LONGEST_TEXT: usize = 512;

/// A form with one file: the page it stands on, whose side that is, and the field of the file.
struct Form<'a> {
    page: &'a str,
    side: Side,
    file: &'static str,
    act: &'static str,
}

/// What a form carries beside the file.
#[derive(Default)]
struct Sent {
    key: String,
    question: String,
    version: String,
    file: Option<Bytes>,
}

/// Why the form leads back to its page.
enum Back {
    /// The file's problem, by its code.
    File(&'static str),
    /// The whole form's.
    Form(&'static str),
    Office(Error),
}

impl From<Error> for Back {
    fn from(error: Error) -> Self {
        Self::Office(error)
    }
}

/// Reads the form part by part, the token first, and then its file in a child: a JPEG for each page.
async fn receive(
    served: &Served,
    visit: &Visit,
    form: &Form<'_>,
    parts: Result<Multipart, MultipartRejection>,
    pages: u8,
) -> Result<(Sent, Vec<Vec<u8>>), Back> {
    let unreadable = || Back::Form("form_unreadable");
    let mut parts = parts.map_err(|_| unreadable())?;
    let first = parts.next_field().await.map_err(|_| unreadable())?.ok_or_else(unreadable)?;
    let right = first.name() == Some("token")
        && text(first).await.is_some_and(|given| token::is_right(&served.desk, &visit.bound, &given));
    if !right {
        return Err(Back::Form("form_ended"));
    }
    let mut sent = Sent::default();
    while let Some(field) = parts.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            name if name == form.file => sent.file = Some(whole(field).await?),
            name @ ("key" | "question" | "version") => {
                let text = text(field).await.ok_or_else(unreadable)?;
                match name {
                    "key" => sent.key = text,
                    "question" => sent.question = text,
                    _ => sent.version = text,
                }
            }
            _ => {}
        }
    }
    let file = sent.file.take().filter(|file| !file.is_empty()).ok_or(Back::File(FieldCode::FileMissing.code()))?;
    match pictures::read(&served.sandbox, file, pages).await {
        Ok(pictures) => Ok((sent, pictures)),
        Err(Unread::File(code)) => Err(Back::File(code)),
        Err(Unread::Machine(error)) => {
            tracing::error!(%error, "a picture could not be looked at");
            Err(Back::Office(Error::Ended))
        }
    }
}

async fn text(mut field: Field<'_>) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.ok()? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_TEXT {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}

/// The file, as long as it may be; of a longer one the rest is let go.
async fn whole(mut field: Field<'_>) -> Result<Bytes, Back> {
    let mut bytes = BytesMut::new();
    let mut length = 0_usize;
    while let Some(chunk) = field.chunk().await.map_err(|_| Back::File(FieldCode::FileTooBig.code()))? {
        length = length.saturating_add(chunk.len());
        if length > LARGEST {
            bytes.clear();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if length > LARGEST { Err(Back::File(FieldCode::FileTooBig.code())) } else { Ok(bytes.freeze()) }
}

/// The page again, with what is wrong. The file itself a browser does not take back.
async fn back(served: &Served, seat: &Seat, form: &Form<'_>, why: Back) -> Response {
    let page = form.page;
    let again = matches!(why, Back::Office(Error::SignInAgain));
    let (field, code) = match why {
        Back::File(code) => (form.file, code.to_owned()),
        Back::Form(code) => ("form", code.to_owned()),
        Back::Office(Error::TooLarge) => (form.file, FieldCode::FileTooBig.code().to_owned()),
        // what is not theirs does not exist
        Back::Office(Error::Refused(Refusal::NotFound)) => return Redirect::to(page).into_response(),
        Back::Office(error) => ("form", said(&app::desk::problem(form.act, &error))),
    };
    let problem = FieldProblem { field: field.to_owned(), code };
    let kept = Kept { pairs: Vec::new(), problems: vec![problem] };
    match app::desk::keep(&served.desk, seat, &kept).await {
        Some(Waits::Here(id)) if !again => Redirect::to(&app::desk::with_form(page, page, &id)).into_response(),
        Some(Waits::Here(id) | Waits::UntilSignIn(id)) => {
            let page = app::desk::with_form(page, page, &id);
            Redirect::to(&app::desk::sign_in(form.side, &page)).into_response()
        }
        None => Redirect::to(&app::desk::sign_in(form.side, page)).into_response(),
    }
}

fn said(problem: &Problem) -> String {
    match problem {
        Problem::Refused(code) => code.clone(),
        Problem::Form(problems) => problems.first().map_or_else(String::new, |problem| problem.code.clone()),
        Problem::SignInAgain => "form_ended".to_owned(),
        Problem::Fault { reference } => format!("fault:{reference}"),
        Problem::Unreachable => "unreachable".to_owned(),
    }
}
