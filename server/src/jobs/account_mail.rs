//! The mail that answers whoever asked for an account. Tried as often as a notice, and given up at once where no such
//! mailbox is; nothing is recorded but that it was written, since nothing hangs on it: whoever misses it asks again.

use std::sync::Arc;

use office::{
    Desk,
    jobs::{Again, Handler, Job, Task},
    notices::TakeAccountMail,
};

use super::Post;

#[derive(Clone)]
pub(super) struct AccountMail(pub(super) Post);

impl Handler for AccountMail {
    const TASK: Task = Task::AccountMail;

    async fn run(&self, desk: &Arc<Desk>, job: Job) -> Result<(), Again> {
        let Self(post) = self;
        let attempt = job.subject;
        let link = format!("{}/account/open?attempt={attempt}&code={}", post.origin, desk.link_code(attempt));
        let act = TakeAccountMail { attempt, link, sign_in: post.sign_in() };
        let Some(letter) = desk.work(act).await? else { return Ok(()) };
        match post.mailer.send(&letter).await {
            Ok(()) => Ok(()),
            Err(not_sent) if not_sent.for_good => Ok(()),
            Err(not_sent) => Err(Again(not_sent.why.code())),
        }
    }
}
