//! POST /requests/{request}/evidence: a picture of an identity document.

use app::desk::Visit;
use axum::{
    Extension,
    extract::{Path, State, multipart::MultipartRejection},
    response::{IntoResponse, Redirect, Response},
};
use domain::{caller::Side, form::FieldCode, ids::RequestId};
use office::{
    Act as _, Error, Seat, Ticket,
    bytes::{Kind, Staged},
    requests::{OfferEvidence, SendEvidence},
};
use uuid::Uuid;

use super::{Back, Form, LARGEST_KEPT, Parts, Sent, back, in_turn, let_go, pictures_of};
use crate::router::Served;

pub(crate) async fn send_evidence(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    Path(request): Path<String>,
    parts: Result<Parts, MultipartRejection>,
) -> Response {
    let Ok(id) = request.parse::<RequestId>() else {
        let_go(&served, &visit, &form("/requests"), parts, &mut Sent::default()).await;
        return Redirect::to("/requests").into_response();
    };
    let page = format!("/requests/{id}/evidence");
    let form = form(&page);
    let Some(seat) = visit.seat.clone() else {
        let_go(&served, &visit, &form, parts, &mut Sent::default()).await;
        return Redirect::to(&app::desk::sign_in(form.side, &page)).into_response();
    };
    let mut arrived = Sent::default();
    match attach(&served, &visit, &seat, id, &form, parts, &mut arrived).await {
        Ok(()) => Redirect::to(&format!("/requests/{id}")).into_response(),
        Err(why) => back(&served, &seat, &form, why, arrived).await,
    }
}

/// A document has two sides; a scan of several has a few pages.
const fn form(page: &str) -> Form<'_> {
    Form {
        page,
        side: Side::Patient,
        file: "picture",
        pages: 4,
        too_many: FieldCode::EvidenceTooManyPages,
        typed: false,
        act: SendEvidence::NAME,
    }
}

async fn attach(
    served: &Served,
    visit: &Visit,
    seat: &Seat,
    id: RequestId,
    form: &Form<'_>,
    parts: Result<Parts, MultipartRejection>,
    arrived: &mut Sent,
) -> Result<(), Back> {
    let request = id.to_string();
    // whether a picture is wanted here at all, and from this person, before one is taken
    let person = match served.desk.perform(seat.clone(), None, OfferEvidence::parse(&request)?).await {
        Ok(person) => person,
        Err(error) => {
            let_go(served, visit, form, parts, arrived).await;
            return Err(error.into());
        }
    };
    let _turn = in_turn(served, visit, person, form, parts, arrived).await?;
    // and whether the question stands that it answers, before a picture is read or kept
    let offer = OfferEvidence::answering(&request, &arrived.question, &arrived.version)?;
    served.desk.perform(seat.clone(), None, offer).await?;
    let ticket = ticket(arrived);
    let pictures = pictures_of(served, form, arrived).await?;
    let mut staged = Vec::with_capacity(pictures.len());
    for picture in &pictures {
        staged.push(stage(served, seat, id, picture).await?);
    }
    let act = SendEvidence::parse(&request, staged, &arrived.question, &arrived.version)?;
    served.desk.perform(seat.clone(), ticket, act).await?;
    Ok(())
}

/// Another photo under the same key is another form.
fn ticket(arrived: &Sent) -> Option<Ticket> {
    let key = Uuid::try_parse(&arrived.key).ok()?;
    let question = [("question", arrived.question.as_bytes()), ("version", arrived.version.as_bytes())];
    Some(Ticket::of(key, question.into_iter().chain(arrived.file.as_deref().map(|file| ("picture", file)))))
}

async fn stage(served: &Served, seat: &Seat, id: RequestId, picture: &[u8]) -> Result<Staged, Error> {
    let mut staging =
        served.desk.stage(seat, Side::Patient, id.facility, id.id, Kind::Evidence, "image/jpeg", LARGEST_KEPT).await?;
    staging.push(picture).await?;
    staging.finish().await
}
