//! POST /requests/{request}/evidence: a picture of an identity document, in parts. The form's token is the first part
//! and is right before a byte of the file is kept; the file is read in a child; what came of it is staged sealed, and one
//! act attaches all of it or nothing.

use app::{
    desk::{Visit, Waits},
    kept::Kept,
    problem::{FieldProblem, Problem},
};
use axum::{
    Extension,
    extract::{
        Multipart, Path, State,
        multipart::{Field, MultipartRejection},
    },
    response::{IntoResponse, Redirect, Response},
};
use bytes::{Bytes, BytesMut};
use domain::{caller::Side, form::FieldCode, ids::RequestId, refusal::Refusal};
use office::{
    Act, Error, Seat, Ticket,
    bytes::{Kind, Staged},
    requests::{OfferEvidence, SendEvidence},
};
use uuid::Uuid;

use crate::{
    front_door::token,
    pictures::{self, Unread},
    router::Served,
};

/// Of a picture as it is sent.
const LARGEST: usize = 15 << 20;
/// What is read of a larger one, so that the browser hears why it is not taken; beyond that the connection ends.
pub(crate) const BODY: usize = 64 << 20;
/// Of what is kept of one page.
const LARGEST_KEPT: u64 = 16 << 20;
/// Ids and versions, nothing that is typed.
const LONGEST_TEXT: usize = 512;

/// What the form carries beside the file.
#[derive(Default)]
struct Sent {
    key: String,
    question: String,
    version: String,
    file: Option<Bytes>,
}

/// Why the form leads back to its page.
enum Back {
    /// The picture's problem, by its code.
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

pub(crate) async fn send_evidence(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    Path(request): Path<String>,
    parts: Result<Multipart, MultipartRejection>,
) -> Response {
    let Ok(id) = request.parse::<RequestId>() else { return Redirect::to("/requests").into_response() };
    let page = format!("/requests/{id}/evidence");
    let Some(seat) = visit.seat.clone() else {
        return Redirect::to(&app::desk::sign_in(Side::Patient, &page)).into_response();
    };
    match attach(&served, &visit, &seat, id, parts).await {
        Ok(()) => Redirect::to(&format!("/requests/{id}")).into_response(),
        Err(why) => back(&served, &seat, &page, why).await,
    }
}

async fn attach(
    served: &Served,
    visit: &Visit,
    seat: &Seat,
    id: RequestId,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<(), Back> {
    let request = id.to_string();
    // whether a picture is wanted here at all, and from this person, before a part is read
    served.desk.perform(seat.clone(), None, OfferEvidence::parse(&request)?).await?;
    let parts = parts.map_err(|_| Back::Form("form_unreadable"))?;
    let arrived = receive(served, visit, parts).await?;
    let file = arrived.file.filter(|file| !file.is_empty()).ok_or(Back::File(FieldCode::FileMissing.code()))?;
    let pictures = match pictures::read(&served.sandbox, file).await {
        Ok(pictures) => pictures,
        Err(Unread::File(code)) => return Err(Back::File(code)),
        Err(Unread::Machine(error)) => {
            tracing::error!(%error, "a picture could not be looked at");
            return Err(Back::Office(Error::Ended));
        }
    };
    let mut staged = Vec::with_capacity(pictures.len());
    for picture in &pictures {
        staged.push(stage(served, seat, id, picture).await?);
    }
    let act = SendEvidence::parse(&request, staged, &arrived.question, &arrived.version)?;
    let ticket = Uuid::try_parse(&arrived.key).ok().map(Ticket);
    served.desk.perform(seat.clone(), ticket, act).await?;
    Ok(())
}

/// Reads the form part by part, the token first.
async fn receive(served: &Served, visit: &Visit, mut parts: Multipart) -> Result<Sent, Back> {
    let broken = |_| Back::Form("form_unreadable");
    let first = parts.next_field().await.map_err(broken)?.ok_or(Back::Form("form_unreadable"))?;
    let right = first.name() == Some("token")
        && text(first).await.is_some_and(|given| token::is_right(&served.desk, &visit.bound, &given));
    if !right {
        return Err(Back::Form("form_ended"));
    }
    let mut sent = Sent::default();
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "picture" => sent.file = Some(whole(field).await?),
            name @ ("key" | "question" | "version") => {
                let text = text(field).await.ok_or(Back::Form("form_unreadable"))?;
                match name {
                    "key" => sent.key = text,
                    "question" => sent.question = text,
                    _ => sent.version = text,
                }
            }
            _ => {}
        }
    }
    Ok(sent)
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

async fn stage(served: &Served, seat: &Seat, id: RequestId, picture: &[u8]) -> Result<Staged, Error> {
    let mut staging =
        served.desk.stage(seat, Side::Patient, id.facility, id.id, Kind::Evidence, "image/jpeg", LARGEST_KEPT).await?;
    staging.push(picture).await?;
    staging.finish().await
}

/// The page again, with what is wrong. The file itself a browser does not take back.
async fn back(served: &Served, seat: &Seat, page: &str, why: Back) -> Response {
    let again = matches!(why, Back::Office(Error::SignInAgain));
    let (field, code) = match why {
        Back::File(code) => ("picture", code.to_owned()),
        Back::Form(code) => ("form", code.to_owned()),
        Back::Office(Error::TooLarge) => ("picture", FieldCode::FileTooBig.code().to_owned()),
        // what is not theirs does not exist
        Back::Office(Error::Refused(Refusal::NotFound)) => return Redirect::to(page).into_response(),
        Back::Office(error) => ("form", said(&app::desk::problem(SendEvidence::NAME, &error))),
    };
    let problem = FieldProblem { field: field.to_owned(), code };
    let kept = Kept { pairs: Vec::new(), problems: vec![problem] };
    match app::desk::keep(&served.desk, seat, &kept).await {
        Some(Waits::Here(form)) if !again => Redirect::to(&app::desk::with_form(page, page, &form)).into_response(),
        Some(Waits::Here(form) | Waits::UntilSignIn(form)) => {
            let page = app::desk::with_form(page, page, &form);
            Redirect::to(&app::desk::sign_in(Side::Patient, &page)).into_response()
        }
        None => Redirect::to(&app::desk::sign_in(Side::Patient, page)).into_response(),
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
