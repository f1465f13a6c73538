//! A picture of an identity document: attached once it is staged whole. Where the office had asked for one, it is the
//! answer as well.

use domain::{
    caller::{Caller, Level, Side},
    ids::{EvidenceId, QuestionId, RequestId},
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    Own,
    answer_question::answer,
    offer_evidence::{answered, wanted},
    request_id,
};
use crate::{
    About, Act, AtDesk, Result,
    bytes::Staged,
    store::{blobs, evidence, facilities, queue, timeline},
};

pub struct SendEvidence {
    request: RequestId,
    pictures: Vec<Staged>,
    /// The question that these pictures answer, as the page showed it.
    question: Option<(QuestionId, Version)>,
}

impl SendEvidence {
    /// `question` and `seen` are empty where nothing was asked.
    ///
    /// # Errors
    /// Not a request's or a question's id.
    pub fn parse(request: &str, pictures: Vec<Staged>, question: &str, seen: &str) -> Result<Self> {
        Ok(Self { request: request_id(request)?, pictures, question: answered(question, seen)? })
    }
}

impl Act for SendEvidence {
    const NAME: &'static str = "send_evidence";
    const SIDE: Side = Side::Patient;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Own;
    type Output = RequestId;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Own> {
        Own::lock(db, caller, self.request).await
    }

    async fn carry_out(
        self,
        Own { asker, stored }: Own,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<RequestId> {
        let id = self.request;
        wanted(db, &stored, self.pictures.len()).await?;
        for picture in &self.pictures {
            blobs::keep(db, id.facility, picture.blob, picture.size, Some(&picture.digest)).await?;
            evidence::insert(db, desk, id, EvidenceId(desk.id()), evidence::Kind::Identity, picture.blob).await?;
        }
        timeline::add(db, desk, id, &Entry::EvidenceReceived).await?;
        desk.changed(&["evidence"]);
        if let Some(question) = self.question {
            answer(db, desk, &asker, &stored, question, None).await?;
        }
        let facility = facilities::load(db, id.facility).await?;
        queue::refresh(db, desk, &facility, id).await?;
        Ok(id)
    }
}
