//! Makes a package. Planned, built, stored: a machine that stops in between builds it anew, from the same plan; what the
//! first run staged is swept.

use std::sync::Arc;

use domain::{ids::PackageId, package::FailReason};
use office::{
    Desk,
    jobs::{Again, Handler, Job, Task},
    packages::{FailPackage, PlanPackage, StorePackage},
};

use crate::{
    copies::{self, NotMade, Ready},
    sandbox::Sandbox,
};

#[derive(Clone)]
pub(crate) struct BuildPackage(Arc<Sandbox>);

impl BuildPackage {
    /// One child at a time, of its own turns: a build may take as much memory as the largest document asks for, and
    /// people who look at pages meanwhile do not wait for it.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Sandbox::new(1)))
    }
}

impl Handler for BuildPackage {
    const TASK: Task = Task::BuildPackage;

    async fn run(&self, desk: &Arc<Desk>, job: Job) -> Result<(), Again> {
        let (request, package) = (job.request()?, PackageId(job.subject));
        let Some(plan) = desk.work(PlanPackage { request, package }).await? else { return Ok(()) };
        let reason = match copies::make(desk, &self.0, request, package, &plan).await {
            Ok(Ready { files, pages }) => {
                desk.work(StorePackage { request, package, files, pages }).await?;
                return Ok(());
            }
            Err(NotMade::Fails(reason)) => reason,
            Err(_) if job.last_try => FailReason::Stopped,
            Err(NotMade::Trouble(error)) => {
                tracing::error!(%package, %error, "a package waits for this machine");
                return Err(Again("sandbox"));
            }
            Err(NotMade::Office(error)) => return Err(error.into()),
        };
        desk.work(FailPackage { request, package, reason }).await?;
        Ok(())
    }
}
