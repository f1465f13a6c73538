//! A clerk works on what was asked: takes it, asks back, sees who asks and whose chart it is, finds and decides.

use domain::{document::Category, ids::RequestId, item::ItemState, shown::worklist::ItemShown};
use office::worklist::{
    ApproveItems, AskQuestion, ClaimRequest, ExpandItem, IdentityTyped, ItemHeldElsewhere, ItemNotFound, LocateItems,
    LookAtCharts, LookAtIdentity, LookAtRecords, MatchChart, SearchLogTyped, SearchTyped, VerifyIdentity,
};

use super::{Asker, Seated};
use crate::{command::Failure, demo::record};

pub(super) async fn claim(at: &Seated, request: RequestId) -> Result<(), Failure> {
    at.does(ClaimRequest::parse(&request.to_string())).await?;
    Ok(())
}

pub(super) async fn ask_back(at: &Seated, request: RequestId) -> Result<(), Failure> {
    let ways = ["send_photo", "come_in", "call_us"].map(str::to_owned);
    let message =
        "The photo of your driver license is too dark to read. Please send another one, or come by with the license.";
    at.does(AskQuestion::parse(&request.to_string(), "id_unreadable", message, &ways)).await?;
    Ok(())
}

/// Who asks was at the desk with a passport; the chart is the one with their record number.
pub(super) async fn verify(at: &Seated, asker: &Asker, request: RequestId) -> Result<(), Failure> {
    let request = request.to_string();
    let page = at.sees(LookAtIdentity::parse(&request)).await?;
    let matched = ["name", "birth_date"].map(str::to_owned);
    let typed = IdentityTyped { method: "seen_in_person", evidence: "passport", evidence_name: "", matched: &matched };
    at.does(VerifyIdentity::parse(&request, &page.version.0.to_string(), &typed)).await?;

    let page = at.sees(LookAtCharts::parse(&request, &SearchTyped::default())).await?;
    let number = record::number_of(asker.chart);
    let theirs = page.candidates.iter().find(|candidate| candidate.chart.record_number.as_deref() == Some(&number));
    let theirs = theirs.ok_or("the chart of the demo's patient is not among the candidates")?.patient.to_string();
    at.does(MatchChart::parse(&request, &page.version.0.to_string(), &theirs)).await?;
    Ok(())
}

/// Finds what there is: "everything" becomes one part a category.
pub(super) async fn locate(at: &Seated, asker: &Asker, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    for item in items(at, request).await? {
        if item.category.is_none() {
            at.does(ExpandItem::parse(&id, &posted(&item), search_log(asker))).await?;
        } else if item.documents.is_some_and(|count| count > 0) {
            at.does(LocateItems::parse(&id, &[posted(&item)])).await?;
        }
    }
    Ok(())
}

/// Decides: what was found is given; tissue is looked at elsewhere; of the rest it is said how it was searched.
pub(super) async fn decide(at: &Seated, asker: &Asker, request: RequestId) -> Result<(), Failure> {
    let id = request.to_string();
    for item in items(at, request).await? {
        match item.state {
            ItemState::Located { .. } => at.does(ApproveItems::parse(&id, &[posted(&item)])).await?,
            ItemState::Pending if item.category == Some(Category::Pathology) => {
                let laboratory = ("Lakeside Pathology Laboratory", "(312) 555-0190");
                at.does(ItemHeldElsewhere::parse(&id, &posted(&item), laboratory.0, laboratory.1)).await?;
            }
            ItemState::Pending => at.does(ItemNotFound::parse(&id, &posted(&item), search_log(asker))).await?,
            ItemState::Approved { .. } | ItemState::NotFound { .. } | ItemState::HeldElsewhere { .. } => {}
        }
    }
    Ok(())
}

async fn items(at: &Seated, request: RequestId) -> Result<Vec<ItemShown>, Failure> {
    Ok(at.sees(LookAtRecords::parse(&request.to_string(), "")).await?.items)
}

/// With the version that was seen, as the form posts it.
fn posted(item: &ItemShown) -> String {
    format!("{}:{}", item.id, item.version.0)
}

fn search_log(asker: &Asker) -> SearchLogTyped {
    let born = asker.born;
    SearchLogTyped {
        systems: "Riverside EHR\nFilm archive".to_owned(),
        names: asker.name.clone(),
        birth_dates: format!("{}/{}/{}", born.month(), born.day(), born.year()),
        off_site: "searched".to_owned(),
        note: String::new(),
    }
}
