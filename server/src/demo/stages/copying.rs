//! The copy: built and answered for by one clerk, checked by another, opened by whom it is for or printed to be picked up.

use domain::{ids::RequestId, package::PageCheck};
use office::{
    front_desk::{CollectCopy, LookAtCollect},
    jobs::{Handler as _, Job},
    requests::{ConfirmComplete, OneRequest, OpenCopy},
    worklist::{
        BuildPackage, HandOver, LookAtCheck, LookAtCopy, LookAtRelease, OverrideFindings, PrintCopy, ReleasePackage,
        ReturnPackage, SeePage,
    },
};

use super::{Asker, Seated};
use crate::{command::Failure, jobs};

/// Begins a package and makes it at once, as the job would.
pub(super) async fn build(at: &Seated, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    let page = at.sees(LookAtCopy::parse(&id)).await?;
    at.does(BuildPackage::parse(&id, &page.seen)).await?;
    let package = at.sees(LookAtCopy::parse(&id)).await?.package.ok_or("a package that was begun is not there")?;
    let job = Job { facility: request.facility, request: Some(request), subject: package.id.0, last_try: true };
    let made = jobs::BuildPackage::new().run(&at.desk, job).await;
    made.map_err(|why| format!("a package of the demo was not built: {}", why.0).into())
}

/// Answers for what the page check could not confirm, by kind, and gives the copy to the check.
pub(super) async fn hand_over(at: &Seated, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    for (check, reason) in [
        (PageCheck::CannotConfirm, "A scan without text. I read the name and the date of birth on it."),
        (PageCheck::Blank, "The back of a form; nothing was written on it."),
        (PageCheck::Duplicate, "The same page is kept with two visits; both are asked for."),
        (PageCheck::AnotherPerson, "The other name is the doctor's."),
    ] {
        let package = at.sees(LookAtCopy::parse(&id)).await?.package.ok_or("the package is gone")?;
        let found = package.findings.iter().filter(|found| found.check == check && found.overridden.is_none());
        let found: Vec<String> = found.map(|found| found.n.to_string()).collect();
        if !found.is_empty() {
            at.does(OverrideFindings::parse(&id, &package.version.0.to_string(), &found, reason)).await?;
        }
    }
    let package = at.sees(LookAtCopy::parse(&id)).await?.package.ok_or("the package is gone")?;
    at.does(HandOver::parse(&id, &package.version.0.to_string())).await?;
    Ok(())
}

/// Sees page after page, and releases.
pub(super) async fn release(checker: &Seated, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    let page = checker.sees(LookAtCheck::parse(&id, "")).await?;
    let version = page.version.0.to_string();
    let mut next = page.next_unseen;
    while let Some(n) = next {
        next = checker.does(SeePage::parse(&id, &version, &n.to_string())).await?;
    }
    checker.does(ReleasePackage::parse(&id, &version)).await?;
    Ok(())
}

pub(super) async fn send_back(checker: &Seated, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    let page = checker.sees(LookAtCheck::parse(&id, "")).await?;
    let wrong = ["missing".to_owned()];
    let note = "The results of the second visit are not in it. The list of visits has two.";
    checker.does(ReturnPackage::parse(&id, &page.version.0.to_string(), &wrong, "", note)).await?;
    Ok(())
}

pub(super) async fn print(at: &Seated, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    let page = at.sees(LookAtRelease::parse(&id)).await?;
    let copy = page.delivery.and_then(|delivery| delivery.files.into_iter().next());
    let copy = copy.ok_or("a released copy has no file")?;
    at.does(PrintCopy::parse(&id, &copy.position.to_string())).await?;
    Ok(())
}

/// The front desk hands the envelope to whoever it is for.
pub(super) async fn hand_out(at: &Seated, asker: &Asker, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    let page = at.sees(LookAtCollect::parse(&id)).await?;
    at.does(CollectCopy::parse(&id, &page.version.0.to_string(), "driver_license", "", &asker.name)).await?;
    Ok(())
}

/// The requester opens the first file.
pub(super) async fn open(at: &Seated, request: RequestId) -> Result<(), Failure> {
    at.does(OpenCopy::parse(&request.to_string(), "1")).await?;
    Ok(())
}

pub(super) async fn confirm(at: &Seated, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    let one = at.sees(OneRequest::parse(&id)).await?;
    at.does(ConfirmComplete::parse(&id, &one.version.0.to_string())).await?;
    Ok(())
}
