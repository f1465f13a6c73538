//! What the requester answered by telephone or in person, written down by whoever took the call.

use domain::{
    caller::{Caller, FrontDesk, Level, Side},
    form::{EmailAddress, Problems, required_text},
    ids::{QuestionId, RequestId},
    notice::NoticeKind,
    question::Question,
    refusal::Refusal,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{at_work::seal_words, parse};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        facilities, notices, questions, queue,
        requests::{self, Stored},
        timeline,
    },
};

/// The request, locked, with the question that is open.
pub struct Answering {
    who: FrontDesk,
    stored: Stored,
    open: questions::Stored,
}

pub struct RecordAnswer {
    request: RequestId,
    question: QuestionId,
    seen: Version,
    answer: String,
}

impl RecordAnswer {
    /// # Errors
    /// No answer, or one that is too long; not a question's id.
    pub fn parse(request: &str, question: &str, version: &str, answer: &str) -> Result<Self> {
        let (request, seen) = (parse::request(request)?, parse::version(version)?);
        let question = question.parse().map_err(|_| Refusal::NotFound)?;
        let mut problems = Problems::default();
        let answer = problems.take("answer", required_text(answer, Question::LONGEST_ANSWER));
        Ok(Self { request, question, seen, answer: problems.finish(answer)? })
    }
}

impl Act for RecordAnswer {
    const NAME: &'static str = "record_answer";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Answering;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Answering> {
        // a clerk's page: the front desk reads no question
        caller.clerk_at(self.request.facility)?;
        let who = caller.front_desk_at(self.request.facility)?;
        let stored = requests::load_for_update(db, self.request).await?;
        let open = questions::open_of(db, self.request).await?.ok_or(Refusal::QuestionClosed)?;
        Ok(Answering { who, stored, open })
    }

    async fn carry_out(
        self,
        Answering { who, stored, open }: Answering,
        desk: &mut AtDesk,
        db: &mut PgConnection,
    ) -> Result<()> {
        // an answer to an earlier question says nothing about this one
        if open.question.id != self.question {
            return Err(Refusal::MovedOn.into());
        }
        open.question.version.seen(self.seen)?;
        let question = open.question.answer_logged(&who, &stored.request, desk.now())?;
        let answer = seal_words(db, desk, self.request, &self.answer).await?;
        questions::record_answer(db, &question, Some(answer)).await?;
        let entry = Entry::QuestionAnswered { question: question.id, by_desk: true, answer: Some(answer) };
        timeline::add(db, desk, self.request, &entry).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        queue::refresh(db, desk, &facility, self.request).await?;
        let (_, applicant) = stored.sent()?;
        let email = applicant.contact.email().map(EmailAddress::as_str);
        notices::add(db, desk, self.request, NoticeKind::Continuing, stored.language, email).await?;
        desk.changed(&["question"]);
        Ok(())
    }
}
