//! POST /front-desk/forms: a request on paper, scanned. It waits, sealed and nobody's yet, until the request is entered that
//! it belongs to; one that is never entered is swept.

use app::desk::Visit;
use axum::{
    Extension,
    extract::{Multipart, State, multipart::MultipartRejection},
    response::{IntoResponse, Redirect, Response},
};
use domain::caller::Side;
use office::{Act as _, Seat, bytes::Kind, front_desk::OfferForm};

use super::{Back, Form, LARGEST_KEPT, back, receive};
use crate::router::Served;

/// Several sheets, both sides of each.
const PAGES: u8 = 16;

pub(crate) async fn send_form(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    parts: Result<Multipart, MultipartRejection>,
) -> Response {
    let form = Form { page: "/front-desk/enter", side: Side::Staff, file: "scan", act: OfferForm::NAME };
    let Some(seat) = visit.seat.clone() else {
        return Redirect::to(&app::desk::sign_in(form.side, form.page)).into_response();
    };
    match keep(&served, &visit, &seat, &form, parts).await {
        Ok(scan) => Redirect::to(&format!("{}?scan={scan}", form.page)).into_response(),
        Err(why) => back(&served, &seat, &form, why).await,
    }
}

/// The ids of its pages, as the entry form carries them.
async fn keep(
    served: &Served,
    visit: &Visit,
    seat: &Seat,
    form: &Form<'_>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<String, Back> {
    let facility = served.desk.perform(seat.clone(), None, OfferForm).await?;
    let (_, pictures) = receive(served, visit, form, parts, PAGES).await?;
    let mut pages = Vec::with_capacity(pictures.len());
    for picture in &pictures {
        let mut staging =
            served.desk.stage(seat, Side::Staff, facility, facility.0, Kind::Form, "image/jpeg", LARGEST_KEPT).await?;
        staging.push(picture).await?;
        pages.push(staging.finish().await?.blob.to_string());
    }
    Ok(pages.join("."))
}
