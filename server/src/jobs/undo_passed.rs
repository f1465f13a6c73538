//! A quarter of an hour after a withdrawal.

use std::sync::Arc;

use office::{
    Desk,
    jobs::{Again, Handler, Job, Task},
    notices,
};

#[derive(Clone)]
pub(super) struct UndoPassed;

impl Handler for UndoPassed {
    const TASK: Task = Task::UndoPassed;

    async fn run(&self, desk: &Arc<Desk>, job: Job) -> Result<(), Again> {
        if desk.work(notices::UndoPassed(job.request()?)).await? { Ok(()) } else { Err(Again("too_soon")) }
    }
}
