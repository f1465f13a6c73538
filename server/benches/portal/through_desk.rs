//! Between the bare program and the portal: the portal's own acts through the desk, answered in JSON. No front door, no
//! page; what the desk's seat, policies and trail cost shows here.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use domain::{ids::RequestId, language::Language, shown};
use office::{
    Desk, Seat, Ticket,
    requests::{OneRequest, SubmitRequest},
    worklist::{LookAtQueue, QueueAsked},
};
use serde::Deserialize;
use uuid::Uuid;

type Answer<T> = Result<Json<T>, StatusCode>;

pub(crate) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/desk/detail/{request}", get(detail))
        .route("/desk/queue", get(queue))
        .route("/desk/submit", post(submit))
        .with_state(desk)
}

fn seat(headers: &HeaderMap) -> Result<Seat, StatusCode> {
    let session = headers.get("seat").and_then(|value| value.to_str().ok()).ok_or(StatusCode::UNAUTHORIZED)?;
    Ok(Seat::of_cookie(session))
}

fn failed(error: office::Error) -> StatusCode {
    tracing::error!(?error, "the act");
    StatusCode::UNPROCESSABLE_ENTITY
}

async fn detail(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    Path(request): Path<String>,
) -> Answer<shown::requests::One> {
    let act = OneRequest::parse(&request).map_err(failed)?;
    desk.perform(seat(&headers)?, None, act).await.map(Json).map_err(failed)
}

async fn queue(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Answer<shown::worklist::Queue> {
    let act = LookAtQueue::parse(&QueueAsked::default());
    desk.perform(seat(&headers)?, None, act).await.map(Json).map_err(failed)
}

#[derive(Deserialize)]
struct Form {
    request: String,
    version: String,
    signed_name: String,
    key: Uuid,
}

async fn submit(State(desk): State<Arc<Desk>>, headers: HeaderMap, Json(signed): Json<Form>) -> Answer<RequestId> {
    let act = SubmitRequest::parse(&signed.request, &signed.version, signed.signed_name, Language::English);
    desk.perform(seat(&headers)?, Some(Ticket(signed.key)), act.map_err(failed)?).await.map(Json).map_err(failed)
}
