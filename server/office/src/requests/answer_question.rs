//! The requester answers what the office asked, in their own words.

use domain::{
    caller::{Asker, Caller, Level, Side},
    form::{EmailAddress, FieldProblem, required_text},
    ids::{BlobId, QuestionId, RequestId},
    notice::NoticeKind,
    question::Question,
    refusal::Refusal,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{Own, request_id, version};
use crate::{
    About, Act, AtDesk, Error, Result,
    store::{
        blobs::{self, Kind, Place},
        facilities, notices, questions, queue,
        requests::Stored,
        timeline,
    },
};

pub struct AnswerQuestion {
    request: RequestId,
    question: QuestionId,
    seen: Version,
    text: String,
}

impl AnswerQuestion {
    /// # Errors
    /// Nothing written, or too much; not a question's id.
    pub fn parse(request: &str, question: &str, seen: &str, text: &str) -> Result<Self> {
        let text = required_text(text, Question::LONGEST_ANSWER)
            .map_err(|code| Error::Form(vec![FieldProblem { field: "answer".to_owned(), code }]))?;
        Ok(Self {
            request: request_id(request)?,
            question: question.parse().map_err(|_| Refusal::NotFound)?,
            seen: version(seen)?,
            text,
        })
    }
}

/// The question as the person was shown it. One that is answered may have been by this very form, which came twice.
pub(super) async fn shown(
    db: &mut PgConnection,
    request: RequestId,
    (question, seen): (QuestionId, Version),
) -> Result<Question> {
    let found = questions::of(db, request).await?.into_iter().find(|stored| stored.question.id == question);
    let found = found.ok_or(Refusal::NotFound)?.question;
    if found.is_open() {
        found.version.seen(seen)?;
    }
    Ok(found)
}

/// Answers the question that the person was shown, and says that the office goes on.
pub(super) async fn answer(
    db: &mut PgConnection,
    desk: &mut AtDesk,
    asker: &Asker,
    stored: &Stored,
    (question, seen): (QuestionId, Version),
    text: Option<BlobId>,
) -> Result<()> {
    let id = stored.request.id;
    // an open request first: what is closed waits for nothing, whatever stood there
    stored.request.open()?;
    let found = shown(db, id, (question, seen)).await?;
    let answered = found.answer(asker, &stored.request, desk.now())?;
    questions::record_answer(db, &answered, text).await?;
    timeline::add(db, desk, id, &Entry::QuestionAnswered { question, by_desk: false, answer: text }).await?;
    let email = stored.sent()?.1.contact.email().map(EmailAddress::as_str);
    notices::add(db, desk, id, NoticeKind::Continuing, stored.language, email).await?;
    desk.changed(&["question", "status"]);
    Ok(())
}

impl Act for AnswerQuestion {
    const NAME: &'static str = "answer_question";
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
        stored.request.open()?;
        let blob = BlobId(desk.id());
        let at = Place { facility: id.facility, owner: id.id };
        let vault = std::sync::Arc::clone(&desk.vault);
        let by = desk.person();
        blobs::put(db, &vault, at, blob, Kind::Words, "text/plain", by, self.text.as_bytes()).await?;
        answer(db, desk, &asker, &stored, (self.question, self.seen), Some(blob)).await?;
        let facility = facilities::load(db, id.facility).await?;
        queue::refresh(db, desk, &facility, id).await?;
        Ok(id)
    }
}
