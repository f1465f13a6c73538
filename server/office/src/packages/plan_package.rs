use domain::{
    document::Whose,
    form::PostalAddress,
    ids::{PackageId, RequestId},
    item::{Item, ItemState},
    package::PackageStage,
};
use sqlx::PgConnection;

use super::{NotGiven, Plan, WhyNot};
use crate::{
    About, AtDesk, Error, Result, SystemAct,
    store::{candidates, facilities, items, packages, requests},
};

/// A package is about to be built.
pub struct PlanPackage {
    pub request: RequestId,
    pub package: PackageId,
}

impl SystemAct for PlanPackage {
    const NAME: &'static str = "plan_package";
    /// None where it is built already, or failed.
    type Output = Option<Plan>;

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn carry_out(self, desk: &mut AtDesk, db: &mut PgConnection) -> Result<Option<Plan>> {
        let facility = self.request.facility;
        let package = match packages::standing(db, self.request).await? {
            Some(package) if package.id == self.package && package.stage() == PackageStage::Building => package,
            _ => return Ok(None),
        };
        desk.about_patient(package.patient);
        let stored = requests::load(db, self.request).await?;
        let corrupt = || Error::Corrupt { table: "app.patient", id: package.patient.0 };
        let chart = candidates::one(db, facility, package.patient).await?.ok_or_else(corrupt)?;
        let date = facilities::load(db, facility).await?.day(package.begun_at);
        let (_, applicant) = stored.sent()?;
        let postal = applicant.contact.postal().map(lines).unwrap_or_default();
        let documents = packages::planned(db, &package).await?;
        desk.showed_documents(documents.iter().map(|(id, _)| *id));
        Ok(Some(Plan {
            facility: facilities::letterhead(db, facility).await?,
            number: stored.number,
            language: stored.language,
            recipient: std::iter::once(applicant.name.to_string()).chain(postal).collect(),
            other_record_numbers: packages::other_record_numbers(db, facility, package.patient).await?,
            former_names: chart.other_names,
            patient: Whose { name: chart.name, born: chart.birth_date, record_number: chart.record_number },
            date,
            documents: documents.into_iter().map(|(_, planned)| planned).collect(),
            not_given: items::of(db, self.request).await?.into_iter().filter_map(not_given).collect(),
        }))
    }
}

fn lines(postal: &PostalAddress) -> Vec<String> {
    let street = [Some(postal.line1.clone()), postal.line2.clone()];
    let place = format!("{}, {} {}", postal.city, postal.state, postal.zip);
    street.into_iter().flatten().filter(|line| !line.is_empty()).chain([place]).collect()
}

fn not_given(item: Item) -> Option<NotGiven> {
    let why = match item.state {
        ItemState::NotFound { log, .. } => WhyNot::NotFound(log),
        ItemState::HeldElsewhere { place, .. } => WhyNot::HeldElsewhere(place),
        ItemState::Pending | ItemState::Located { .. } | ItemState::Approved { .. } => return None,
    };
    Some(NotGiven { category: item.category, dates: item.dates, why })
}
