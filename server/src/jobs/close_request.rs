//! Two weeks after a delivery.

use std::sync::Arc;

use office::{
    Desk,
    jobs::{self, Again, Handler, Job, Task},
};

#[derive(Clone)]
pub(super) struct CloseRequest;

impl Handler for CloseRequest {
    const TASK: Task = Task::CloseRequest;

    async fn run(&self, desk: &Arc<Desk>, job: Job) -> Result<(), Again> {
        if desk.work(jobs::CloseRequest(job.request()?)).await? { Ok(()) } else { Err(Again("too_soon")) }
    }
}
