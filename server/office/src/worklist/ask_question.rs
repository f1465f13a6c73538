//! The clerk who holds the request asks the requester for one thing, in plain words, with ways to mend it.

use std::collections::BTreeSet;

use domain::{
    caller::{Caller, Level, Side},
    form::{EmailAddress, FieldCode, Problems, choice, required_text},
    ids::{QuestionId, RequestId},
    notice::NoticeKind,
    question::{Question, QuestionReason, WayToAnswer},
    timeline::Entry,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork, seal_words},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{notices, packages, questions},
};

pub struct AskQuestion {
    request: RequestId,
    reason: QuestionReason,
    message: String,
    ways: BTreeSet<WayToAnswer>,
}

impl AskQuestion {
    /// # Errors
    /// Each field that is not answered.
    pub fn parse(request: &str, reason: &str, message: &str, ways: &[String]) -> Result<Self> {
        let request = parse::request(request)?;
        let mut problems = Problems::default();
        let reason = problems.take("reason", choice(reason, QuestionReason::from_code));
        let message = problems.take("message", required_text(message, Question::LONGEST_MESSAGE));
        let ways: Result<BTreeSet<_>, _> = ways.iter().map(|code| choice(code, WayToAnswer::from_code)).collect();
        let ways = problems.take("ways", ways);
        if ways.as_ref().is_some_and(|ways| ways.len() < 2) {
            problems.note("ways", FieldCode::TwoNeeded);
        }
        let read = reason.zip(message).zip(ways);
        let ((reason, message), ways) = problems.finish(read)?;
        Ok(Self { request, reason, message, ways })
    }
}

impl Act for AskQuestion {
    const NAME: &'static str = "ask_question";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = AtWork;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<AtWork> {
        at_work::held(caller, db, self.request).await
    }

    async fn carry_out(self, at: AtWork, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let open = questions::open_of(db, self.request).await?.map(|stored| stored.question);
        let package = packages::standing(db, self.request).await?;
        let question = Question::ask(
            QuestionId(desk.id()),
            &at.holder,
            self.reason,
            self.ways,
            open.as_ref(),
            package.as_ref(),
            desk.now(),
        )?;
        let message = seal_words(db, desk, self.request, &self.message).await?;
        questions::insert(db, &question, message).await?;
        let asked = Entry::QuestionAsked { question: question.id, reason: question.reason, message };
        at.tell(db, desk, &[asked]).await?;
        tell_requester(db, desk, &at, NoticeKind::ActionNeeded).await?;
        desk.changed(&["question"]);
        Ok(())
    }
}

/// A notice by e-mail where there is an address, else one to print.
async fn tell_requester(db: &mut PgConnection, desk: &AtDesk, at: &AtWork, kind: NoticeKind) -> Result<()> {
    let (_, applicant) = at.stored.sent()?;
    let email = applicant.contact.email().map(EmailAddress::as_str);
    notices::add(db, desk, at.id(), kind, at.stored.language, email).await?;
    Ok(())
}
