//! Files that people send, in parts. The form's token is the first part and is right before a byte of the file is kept;
//! the file is read in a child; what came of it is staged sealed, and one act attaches all of it or nothing.

mod evidence;
mod form;
mod parts;
mod turns;

use std::time::Duration;

use app::{
    desk::{Visit, Waits},
    kept::Kept,
    problem::{FieldProblem, Problem},
};
use axum::{
    extract::multipart::MultipartRejection,
    response::{IntoResponse, Redirect, Response},
};
use bytes::{Bytes, BytesMut};
use domain::{caller::Side, form::FieldCode, ids::PersonId, refusal::Refusal};
use office::{Error, Seat};

use self::{
    parts::{Part, Parts},
    turns::{Turn, Turns},
};
use crate::{
    front_door::{self, FORM_LIMIT, token},
    pictures::{self, Unread},
    router::Served,
    sandbox::Sandbox,
};

pub(crate) use evidence::send_evidence;
pub(crate) use form::send_form;

/// Where files are sent.
pub(crate) const PATHS: [&str; 2] = ["/requests/{request}/evidence", "/front-desk/forms"];

/// So many patients' files at once; whoever has no turn by then hears that we are busy.
static PATIENTS: Turns = Turns::new(8, Duration::from_secs(20));
/// Staff's, who do not wait behind them.
static STAFF: Turns = Turns::new(4, Duration::from_secs(20));
/// How long a form with its file may take to arrive, over the slow line of a telephone.
const ARRIVES_WITHIN: Duration = Duration::from_mins(5);

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
    /// How many pages the file may have.
    pages: u8,
    /// What is said of one with more.
    too_many: FieldCode,
    /// What was typed into its other fields comes back with the page.
    typed: bool,
    act: &'static str,
}

impl Form<'_> {
    fn turns(&self) -> &'static Turns {
        match self.side {
            Side::Patient => &PATIENTS,
            Side::Staff => &STAFF,
        }
    }

    fn sandbox<'s>(&self, served: &'s Served) -> &'s Sandbox {
        match self.side {
            Side::Patient => &served.picture_sandbox,
            Side::Staff => &served.scan_sandbox,
        }
    }
}

/// What a form carries beside the file.
#[derive(Default)]
struct Sent {
    key: String,
    question: String,
    version: String,
    typed: Vec<(String, String)>,
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

/// The form, and the turn it has while its file is held.
async fn in_turn(
    served: &Served,
    visit: &Visit,
    person: PersonId,
    form: &Form<'_>,
    parts: Result<Parts, MultipartRejection>,
    sent: &mut Sent,
) -> Result<Turn<'static>, Back> {
    match form.turns().take(person).await {
        Ok(turn) => arrive(served, visit, form, parts, sent).await.map(|()| turn),
        Err(why) => {
            let_go(served, visit, form, parts, sent).await;
            Err(Back::Form(why))
        }
    }
}

/// The form as long as it may take; of one that does not come to its end the rest is not waited for. One that is not
/// taken is read to its end as well: a browser that still sends hears no answer.
async fn arrive(
    served: &Served,
    visit: &Visit,
    form: &Form<'_>,
    parts: Result<Parts, MultipartRejection>,
    sent: &mut Sent,
) -> Result<(), Back> {
    let mut parts = parts.map_err(|_| Back::Form("form_unreadable"))?;
    let mut arrived = Err(Back::File(FieldCode::FileCut.code()));
    let whole = async {
        arrived = read(served, visit, form, &mut parts, sent).await;
        if arrived.is_err() {
            parts.let_go().await;
        }
    };
    let _ = tokio::time::timeout(ARRIVES_WITHIN, whole).await;
    arrived
}

/// Takes no file, from whoever may send none or has no turn; what they typed waits for them.
async fn let_go(
    served: &Served,
    visit: &Visit,
    form: &Form<'_>,
    parts: Result<Parts, MultipartRejection>,
    sent: &mut Sent,
) {
    let unbound = Visit { bound: String::new(), ..visit.clone() };
    let _ = arrive(served, &unbound, form, parts, sent).await;
}

/// Reads the form part by part, the token first.
async fn read(served: &Served, visit: &Visit, form: &Form<'_>, parts: &mut Parts, sent: &mut Sent) -> Result<(), Back> {
    let unreadable = || Back::Form("form_unreadable");
    let first = parts.next().await.map_err(|_| unreadable())?.ok_or_else(unreadable)?;
    let right = if first.name() == "token" {
        text(first, LONGEST_TEXT).await.is_some_and(|given| token::is_right(&served.desk, &visit.bound, &given))
    } else {
        first.let_go().await;
        false
    };
    let mut file: Result<Option<Bytes>, Back> = Ok(None);
    let mut left = FORM_LIMIT;
    loop {
        let part = match parts.next().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            // of a file that is too big the rest may not come at all
            Err(_) => return Err(file.err().unwrap_or_else(unreadable)),
        };
        let name = part.name().to_owned();
        match name.as_str() {
            name if name == form.file && right => file = whole(part).await.map(Some),
            name @ ("key" | "question" | "version") => {
                let text = text(part, LONGEST_TEXT).await.ok_or_else(unreadable)?;
                match name {
                    "key" => sent.key = text,
                    "question" => sent.question = text,
                    _ => sent.version = text,
                }
            }
            name if name != form.file && form.typed => {
                let too_long = || Back::Form("form_too_long");
                let text = text(part, left).await.ok_or_else(too_long)?;
                // as a form that is no upload would be as long: name, value and what parts them
                left = left.checked_sub(name.len() + text.len() + 2).ok_or_else(too_long)?;
                sent.typed.push((name.to_owned(), text));
            }
            _ => part.let_go().await,
        }
    }
    if !right {
        return Err(Back::Form("form_ended"));
    }
    sent.file = file?;
    if sent.file.as_ref().is_none_or(Bytes::is_empty) {
        return Err(Back::File(FieldCode::FileMissing.code()));
    }
    Ok(())
}

/// Reads the file in a child: a JPEG for each page.
async fn pictures_of(served: &Served, form: &Form<'_>, sent: &mut Sent) -> Result<Vec<Vec<u8>>, Back> {
    let file = sent.file.take().ok_or(Back::File(FieldCode::FileMissing.code()))?;
    match pictures::read(form.sandbox(served), file, form.pages).await {
        Ok(pictures) => Ok(pictures),
        Err(Unread::File(code)) => Err(Back::File(code)),
        Err(Unread::TooManyPages) => Err(Back::File(form.too_many.code())),
        Err(Unread::Machine(error)) => {
            tracing::error!(%error, "a picture could not be looked at");
            Err(Back::Office(Error::Ended))
        }
    }
}

/// What was typed, if it is no longer than it may be. A longer one is read to its end as well.
async fn text(mut part: Part<'_>, longest: usize) -> Option<String> {
    let mut bytes = Vec::new();
    let mut fits = true;
    while let Some(chunk) = part.chunk().await.ok()? {
        fits = fits && bytes.len() + chunk.len() <= longest;
        if fits {
            bytes.extend_from_slice(&chunk);
        }
    }
    String::from_utf8(bytes).ok().filter(|_| fits)
}

/// The file, as long as it may be; of a longer one the rest is let go.
async fn whole(mut part: Part<'_>) -> Result<Bytes, Back> {
    let mut bytes = BytesMut::new();
    let mut length = 0_usize;
    while let Some(chunk) = part.chunk().await.map_err(|_| Back::File(FieldCode::FileTooBig.code()))? {
        length = length.saturating_add(chunk.len());
        if length > LARGEST {
            bytes.clear();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if length > LARGEST { Err(Back::File(FieldCode::FileTooBig.code())) } else { Ok(bytes.freeze()) }
}

/// The page again, with what is wrong and what was typed. The file itself a browser does not take back.
async fn back(served: &Served, seat: &Seat, form: &Form<'_>, why: Back, arrived: Sent) -> Response {
    let page = form.page;
    let again = matches!(why, Back::Office(Error::SignInAgain));
    let mut pairs = arrived.typed;
    let (field, code) = match why {
        Back::File(code) => (form.file, code.to_owned()),
        Back::Form(code) => ("form", code.to_owned()),
        Back::Office(Error::TooLarge) => (form.file, FieldCode::FileTooBig.code().to_owned()),
        // what is not theirs does not exist
        Back::Office(Error::Refused(Refusal::NotFound)) => return Redirect::to(page).into_response(),
        Back::Office(error) => {
            let problem = app::desk::problem(form.act, &error);
            if problem.leaves_open() {
                pairs.push(("key".to_owned(), arrived.key));
            }
            ("form", said(&problem))
        }
    };
    let problem = FieldProblem { field: field.to_owned(), code };
    let kept = Kept { pairs, problems: vec![problem] };
    match app::desk::keep(&served.desk, seat, &kept).await {
        Waits::Here(id) if !again => Redirect::to(&app::desk::with_form(page, page, &id)).into_response(),
        Waits::Here(id) | Waits::UntilSignIn(id) => {
            let page = app::desk::with_form(page, page, &id);
            Redirect::to(&app::desk::sign_in(form.side, &page)).into_response()
        }
        Waits::Nowhere => front_door::lost(&app::desk::sign_in(form.side, page)),
        Waits::Away => front_door::unreachable(),
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

#[cfg(test)]
mod tests {
    use super::PATHS;
    use crate::router::OWN_ROUTES;

    #[test]
    fn files_are_sent_to_addresses_that_there_are() {
        assert!(PATHS.iter().all(|path| OWN_ROUTES.contains(&("post", *path))));
    }
}
