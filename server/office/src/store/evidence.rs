//! Pictures that belong to a request: of the documents by which people show who they are, and of a form that came on paper.

use domain::ids::{BlobId, EvidenceId, RequestId};
use sqlx::PgConnection;

use crate::{AtDesk, Error, Result};

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Identity,
    /// A page of a request that came on paper.
    RequestForm,
}

impl Kind {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::RequestForm => "request_form",
        }
    }
}

/// Attaches a picture that whoever sits there has sent.
pub(crate) async fn insert(
    db: &mut PgConnection,
    desk: &AtDesk,
    request: RequestId,
    id: EvidenceId,
    kind: Kind,
    blob: BlobId,
) -> Result<()> {
    sqlx::query!(
        "insert into app.evidence (facility_id, id, request_id, kind, blob, sent_by) values ($1, $2, $3, $4, $5, $6)",
        request.facility.0,
        id.0,
        request.id,
        kind.code(),
        blob.0,
        desk.person().map(|person| person.0)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many pictures there are.
pub(crate) async fn count(db: &mut PgConnection, request: RequestId) -> Result<u32> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from app.evidence where facility_id = $1 and request_id = $2 and kind = 'identity'"#,
        request.facility.0,
        request.id
    )
    .fetch_one(db)
    .await?;
    u32::try_from(count).map_err(|_| Error::Corrupt { table: "app.evidence", id: request.id })
}
