//! GET /page-images/{facility}/{copy}/{index}/{page}: one page of a copy as a picture, for whoever looks at every page
//! before a copy leaves. Drawn by a child, which reads the page's own part of the copy through the reader's openings;
//! nothing is drawn before it is asked for.

mod cache;

use app::desk::Visit;
use axum::{
    Extension,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use domain::{caller::Side, refusal::Refusal};
use office::Error;
use uuid::Uuid;

use self::cache::Key;
use crate::{
    copies::{self, NO_SUCH_PAGE, View},
    downloads::{not_sent, open},
    router::Served,
    sandbox::SandboxError,
};

pub(crate) use cache::Pictures;

/// In pixels: as wide as a page viewer is on a screen of 1280, twice as sharp as on paper there.
const WIDTH: u16 = 1200;

pub(crate) async fn page_image(
    State(served): State<Served>,
    Extension(visit): Extension<Visit>,
    Path((facility, copy, index, page)): Path<(String, String, String, String)>,
) -> Response {
    match picture(&served, &visit, &facility, [&copy, &index], &page).await {
        Ok(png) => {
            ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "private, no-store")], png).into_response()
        }
        Err(NotDrawn::Office(error)) => not_sent(&error, &visit, Side::Staff),
        Err(NotDrawn::Child(error)) => {
            tracing::warn!(%error, "a page was not drawn");
            match error {
                SandboxError::NotStarted(_) | SandboxError::Source(_) | SandboxError::Sink(_) => {
                    StatusCode::SERVICE_UNAVAILABLE.into_response()
                }
                _ => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            }
        }
    }
}

enum NotDrawn {
    Office(Error),
    Child(SandboxError),
}

impl From<Error> for NotDrawn {
    fn from(error: Error) -> Self {
        Self::Office(error)
    }
}

impl From<SandboxError> for NotDrawn {
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::Refused { code } if code == NO_SUCH_PAGE => Self::Office(Refusal::NotFound.into()),
            // the opening ended while the page was read
            SandboxError::Source(error) => match error.downcast::<Error>() {
                Ok(said) => Self::Office(said),
                Err(error) => Self::Child(SandboxError::Source(error)),
            },
            error => Self::Child(error),
        }
    }
}

async fn picture(
    served: &Served,
    visit: &Visit,
    facility: &str,
    [copy, index]: [&str; 2],
    page: &str,
) -> Result<Bytes, NotDrawn> {
    // pages are counted from one
    let place = page.parse::<u32>().ok().and_then(|page| page.checked_sub(1)).ok_or(Error::from(Refusal::NotFound));
    // both openings first, whatever is kept: they are what gives the right to see it
    let opened_index = open(served, visit, Side::Staff, facility, index).await?;
    let opened_copy = open(served, visit, Side::Staff, facility, copy).await?;
    let page = place?;
    let key = Key {
        seat: visit.seat.as_ref().map(|seat| seat.as_str().to_owned()).unwrap_or_default(),
        copy: Uuid::try_parse(copy).unwrap_or_default(),
        index: Uuid::try_parse(index).unwrap_or_default(),
        page,
    };
    if let Some(png) = served.pictures.find(&key) {
        return Ok(png);
    }
    let drawn = copies::view(&served.page_sandbox, View { page, width: WIDTH }, [opened_index, opened_copy]).await?;
    let png = Bytes::from(drawn);
    served.pictures.keep(key, png.clone());
    Ok(png)
}
