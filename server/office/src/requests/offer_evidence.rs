//! Whether a picture of an identity document is wanted here, and who sends it: asked before a byte of one is read.

use domain::{
    caller::{Caller, Level, Side},
    ids::{PersonId, QuestionId, RequestId},
    refusal::Refusal,
    version::Version,
};
use sqlx::PgConnection;

use super::{Own, answer_question, request_id, version};
use crate::{
    About, Act, AtDesk, Result,
    store::{evidence, questions, requests::Stored, verification},
};

pub struct OfferEvidence {
    request: RequestId,
    /// The question that the pictures are to answer, as the page showed it.
    question: Option<(QuestionId, Version)>,
}

impl OfferEvidence {
    /// # Errors
    /// Not a request's id.
    pub fn parse(request: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)?, question: None })
    }

    /// As [`Self::parse`], once the form says what its pictures answer. `question` and `seen` are empty where nothing
    /// was asked.
    ///
    /// # Errors
    /// Not a request's or a question's id.
    pub fn answering(request: &str, question: &str, seen: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)?, question: answered(question, seen)? })
    }
}

/// The question that a form answers, if it answers one.
pub(super) fn answered(question: &str, seen: &str) -> Result<Option<(QuestionId, Version)>> {
    match question.trim() {
        "" => Ok(None),
        id => Ok(Some((id.parse().map_err(|_| Refusal::NotFound)?, version(seen)?))),
    }
}

/// Refuses where a picture is of no use, or where there are enough already.
pub(super) async fn wanted(db: &mut PgConnection, stored: &Stored, more: usize) -> Result<()> {
    let id = stored.request.id;
    stored.request.open()?;
    let open = questions::open_of(db, id).await?;
    let more = u32::try_from(more).unwrap_or(u32::MAX);
    let pictures = evidence::count(db, id).await?.saturating_add(more);
    verification::of(db, id).await?.takes_pictures(open.as_ref().map(|stored| &stored.question), pictures)?;
    Ok(())
}

impl Act for OfferEvidence {
    const NAME: &'static str = "offer_evidence";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = true;
    type Admitted = Own;
    type Output = PersonId;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::look(db, caller, self.request).await
    }

    async fn carry_out(self, own: Own, _desk: &mut AtDesk, db: &mut PgConnection) -> Result<PersonId> {
        let Own { asker, stored } = own;
        wanted(db, &stored, 1).await?;
        if let Some(question) = self.question {
            answer_question::shown(db, self.request, question).await?;
        }
        Ok(asker.person())
    }
}
