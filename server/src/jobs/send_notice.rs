//! Sends one notice. Taken, sent, recorded: a machine that stops in between sends it once more, under the same
//! Message-ID.

use std::sync::Arc;

use domain::ids::NoticeId;
use office::{
    Desk,
    jobs::{Again, Handler, Job, Task},
    notices::{RecordNotice, Sending, TakeNotice},
};

use super::Post;

#[derive(Clone)]
pub(super) struct SendNotice(pub(super) Post);

impl Handler for SendNotice {
    const TASK: Task = Task::SendNotice;

    async fn run(&self, desk: &Arc<Desk>, job: Job) -> Result<(), Again> {
        let Self(post) = self;
        let (request, notice) = (job.request()?, NoticeId(job.subject));
        let Some(letter) = desk.work(TakeNotice { request, notice, sign_in: post.sign_in() }).await? else {
            return Ok(());
        };
        let result = match post.mailer.send(&letter).await {
            Ok(()) => Sending::Sent,
            Err(not_sent) if not_sent.for_good || job.last_try => Sending::Failed(not_sent.why),
            Err(not_sent) => return Err(Again(not_sent.why.code())),
        };
        desk.work(RecordNotice { request, notice, result }).await?;
        Ok(())
    }
}
