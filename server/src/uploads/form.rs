//! POST /front-desk/forms: a request on paper, scanned. It waits, sealed and nobody's yet, until the request is entered that
//! it belongs to; one that is never entered is swept. What was typed by then comes along and goes back to the page.

use app::{
    desk::{Visit, Waits},
    kept::Kept,
};
use axum::{
    Extension,
    extract::{State, multipart::MultipartRejection},
    response::{IntoResponse, Redirect, Response},
};
use domain::{caller::Side, form::FieldCode};
use office::{Act as _, Seat, bytes::Kind, front_desk::OfferForm};

use super::{Back, Form, LARGEST_KEPT, Parts, Sent, back, in_turn, let_go, pictures_of};
use crate::router::Served;

pub(crate) async fn send_form(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    parts: Result<Parts, MultipartRejection>,
) -> Response {
    let form = Form {
        page: "/front-desk/enter",
        side: Side::Staff,
        file: "file",
        // several sheets, both sides of each
        pages: 16,
        too_many: FieldCode::ScanTooManyPages,
        typed: true,
        act: OfferForm::NAME,
    };
    let mut arrived = Sent::default();
    let Some(seat) = visit.seat.clone() else {
        let_go(&served, &visit, &form, parts, &mut arrived).await;
        return Redirect::to(&app::desk::sign_in(form.side, form.page)).into_response();
    };
    match keep(&served, &visit, &seat, &form, parts, &mut arrived).await {
        Ok(scan) => with_typed(&served, &seat, &format!("{}?scan={scan}", form.page), arrived.typed).await,
        Err(why) => back(&served, &seat, &form, why, arrived).await,
    }
}

/// The page with its scan and what was typed. What has a scan came on paper, whatever was chosen before.
async fn with_typed(served: &Served, seat: &Seat, page: &str, mut typed: Vec<(String, String)>) -> Response {
    typed.retain(|(name, _)| name != "channel");
    let kept = Kept { pairs: typed, problems: Vec::new() };
    match app::desk::keep(&served.desk, seat, &kept).await {
        Waits::Here(id) => Redirect::to(&app::desk::with_form(page, page, &id)).into_response(),
        _ => Redirect::to(page).into_response(),
    }
}

/// The ids of its pages, as the entry form carries them.
async fn keep(
    served: &Served,
    visit: &Visit,
    seat: &Seat,
    form: &Form<'_>,
    parts: Result<Parts, MultipartRejection>,
    arrived: &mut Sent,
) -> Result<String, Back> {
    let (facility, person) = match served.desk.perform(seat.clone(), None, OfferForm).await {
        Ok(at) => at,
        Err(error) => {
            let_go(served, visit, form, parts, arrived).await;
            return Err(error.into());
        }
    };
    let _turn = in_turn(served, visit, person, form, parts, arrived).await?;
    let pictures = pictures_of(served, form, arrived).await?;
    let mut pages = Vec::with_capacity(pictures.len());
    for picture in &pictures {
        let mut staging =
            served.desk.stage(seat, Side::Staff, facility, facility.0, Kind::Form, "image/jpeg", LARGEST_KEPT).await?;
        staging.push(picture).await?;
        pages.push(staging.finish().await?.blob.to_string());
    }
    Ok(pages.join("."))
}
