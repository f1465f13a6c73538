//! Every part is decided; what was approved goes to the press, or, where nothing was, the letter alone.

use domain::{
    caller::{Caller, Level, Side},
    ids::{PackageId, RequestId},
    package::{AtStart, Included, Package},
    refusal::Refusal,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, AtWork},
    copy, parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        items,
        outbox::{self, Task},
        packages, questions,
    },
};

pub struct BuildPackage {
    request: RequestId,
    /// The list of documents that was shown.
    seen: String,
}

impl BuildPackage {
    /// # Errors
    /// What is no id of a request.
    pub fn parse(request: &str, seen: &str) -> Result<Self> {
        Ok(Self { request: parse::request(request)?, seen: seen.to_owned() })
    }
}

impl Act for BuildPackage {
    const NAME: &'static str = "build_package";
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
        let verified = at.verified(db, desk).await?;
        let items = items::of(db, self.request).await?;
        let question = questions::open_of(db, self.request).await?.map(|stored| stored.question);
        let previous = packages::standing(db, self.request).await?;
        let all = packages::covered(db, self.request, verified.patient()).await?;
        let withheld = copy::withheld(&items, &all);
        let chosen = copy::chosen(&items, all);
        let contents: Vec<Included> = chosen.iter().map(|(_, included)| *included).collect();
        let around = AtStart { items: &items, question: question.as_ref(), previous: previous.as_ref(), withheld };
        let package = Package::begin(PackageId(desk.id()), &at.holder, &verified, around, contents, desk.now())?;
        if copy::seen(&chosen) != self.seen {
            return Err(Refusal::MovedOn.into());
        }
        packages::insert(db, &package).await?;
        outbox::put(db, desk, Task::BuildPackage, self.request, package.id.0, None).await?;
        desk.showed_documents(package.contents.iter().map(|included| included.document));
        at.tell(db, desk, &[]).await?;
        desk.changed(&["package"]);
        Ok(())
    }
}
