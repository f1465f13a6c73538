//! A person begins a request, at the only facility or at the one they chose.

use domain::{
    ask::Draft,
    caller::{Asker, Caller, Level, Side},
    form::{FieldCode, FieldProblem},
    ids::{FacilityId, RequestId},
    language::Language,
    refusal::Refusal,
    request::Request,
    timeline::Entry,
};
use sqlx::PgConnection;

use crate::{
    About, Act, AtDesk, Error, Result,
    store::{asked, drafts, facilities, requests, timeline},
};

/// Whoever begins more than this on one day does not ask for records.
const MOST_A_DAY: i64 = 20;

pub struct StartRequest {
    facility: Option<FacilityId>,
    language: Language,
}

impl StartRequest {
    /// `facility`: empty where there is only one.
    ///
    /// # Errors
    /// Not a facility's id.
    pub fn parse(facility: &str, language: Language) -> Result<Self> {
        let facility = match facility.trim() {
            "" => None,
            id => Some(id.parse().map_err(|_| Refusal::NotFound)?),
        };
        Ok(Self { facility, language })
    }
}

impl Act for StartRequest {
    const NAME: &'static str = "start_request";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = (Asker, FacilityId);
    type Output = RequestId;

    fn about(&self) -> About {
        About { facility: self.facility, ..About::default() }
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Self::Admitted> {
        let asker = caller.patient()?;
        if asked::begun_today(db, asker.person()).await? >= MOST_A_DAY {
            return Err(Refusal::TooMuchToday.into());
        }
        let all: Vec<_> = facilities::all(db).await?.into_iter().map(|facility| facility.id).collect();
        let facility = match (self.facility, all.as_slice()) {
            (Some(chosen), all) if all.contains(&chosen) => chosen,
            (None, [only]) => *only,
            (None, [_, ..]) => {
                return Err(Error::Form(vec![FieldProblem {
                    field: "facility".to_owned(),
                    code: FieldCode::NothingChosen,
                }]));
            }
            (Some(_), _) | (None, []) => return Err(Refusal::NotFound.into()),
        };
        Ok((asker, facility))
    }

    async fn carry_out(
        self,
        (asker, facility): Self::Admitted,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<RequestId> {
        let request = Request::begin(RequestId { facility, id: desk.id() }, &asker, desk.now());
        requests::insert_draft(db, &request, self.language).await?;
        drafts::insert(db, &desk.vault, request.id, &Draft::default()).await?;
        timeline::add(db, desk, request.id, &Entry::Drafted).await?;
        desk.about_request(request.id);
        desk.changed(&["status"]);
        Ok(request.id)
    }
}
