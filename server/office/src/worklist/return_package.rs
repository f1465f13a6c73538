//! The checker sends a copy back, with what is wrong and where. The builder makes another.

use std::collections::BTreeSet;

use domain::{
    caller::{Caller, Level, Side},
    form::{FieldCode, Problems, choice, optional_text},
    ids::RequestId,
    package::{CheckError, ErrorCode, Package},
    refusal::Refusal,
    timeline::Entry,
    version::Version,
};
use sqlx::PgConnection;

use super::{
    at_work::{self, Locked, seal_words},
    parse,
};
use crate::{
    About, Act, AtDesk, Result,
    store::{
        facilities,
        packages::{self, NewReturn},
        queue, timeline,
    },
};

/// How long a note may be, in characters.
const LONGEST_NOTE: usize = 1000;

/// What is wrong: kinds of errors, on one page or on the whole, with one note.
pub(super) struct Wrong {
    codes: BTreeSet<ErrorCode>,
    page: Option<u32>,
    note: Option<String>,
}

impl Wrong {
    pub(super) fn parse(codes: &[String], page: &str, note: &str) -> Result<Self> {
        let mut problems = Problems::default();
        let codes: Result<BTreeSet<_>, _> = codes.iter().map(|code| choice(code, ErrorCode::from_code)).collect();
        let codes = problems.take("codes", codes);
        if codes.as_ref().is_some_and(BTreeSet::is_empty) {
            problems.note("codes", FieldCode::NothingChosen);
        }
        let page = match page.trim() {
            "" => Some(None),
            page => problems.take("page", page.parse().map(Some).map_err(|_| FieldCode::NumberNotDigits)),
        };
        let note = problems.take("note", optional_text(note, LONGEST_NOTE));
        let read = codes.zip(page).zip(note);
        let ((codes, page), note) = problems.finish(read)?;
        Ok(Self { codes, page, note })
    }

    pub(super) fn errors(&self) -> Vec<CheckError> {
        let error = |code: &ErrorCode| CheckError { code: *code, page: self.page, note: self.note.clone() };
        self.codes.iter().map(error).collect()
    }
}

/// Writes what is wrong beside the package. The note is sealed once, whatever it is about.
pub(super) async fn keep_errors(
    db: &mut PgConnection,
    desk: &AtDesk,
    package: &Package,
    wrong: &Wrong,
) -> Result<Vec<ErrorCode>> {
    let note = match &wrong.note {
        Some(note) => Some(seal_words(db, desk, package.request, note).await?),
        None => None,
    };
    for (n, error) in (1..).zip(&wrong.errors()) {
        packages::insert_return(db, desk, package, n, NewReturn { error, note }).await?;
    }
    Ok(wrong.codes.iter().copied().collect())
}

pub struct ReturnPackage {
    request: RequestId,
    seen: Version,
    wrong: Wrong,
}

impl ReturnPackage {
    /// # Errors
    /// What is no id or no version; nothing that is wrong.
    pub fn parse(request: &str, version: &str, codes: &[String], page: &str, note: &str) -> Result<Self> {
        let (request, seen) = (parse::request(request)?, parse::version(version)?);
        Ok(Self { request, seen, wrong: Wrong::parse(codes, page, note)? })
    }
}

impl Act for ReturnPackage {
    const NAME: &'static str = "return_package";
    const SIDE: Side = Side::Staff;
    const NEEDS: Level = Level::SignedIn;
    const LOOK: bool = false;
    type Admitted = Locked;
    type Output = ();

    fn about(&self) -> About {
        About::request(self.request)
    }

    async fn admit(&self, caller: &Caller, db: &mut PgConnection) -> Result<Locked> {
        at_work::locked(caller, db, self.request).await
    }

    async fn carry_out(self, at: Locked, desk: &mut AtDesk, db: &mut PgConnection) -> Result<()> {
        let package = packages::latest(db, self.request, desk.person()).await?.ok_or(Refusal::PackageNotChecking)?;
        desk.about_patient(package.patient);
        let errors = self.wrong.errors();
        let package = package.send_back(&at.clerk, &at.stored.request, self.seen, errors, desk.now())?;
        packages::record(db, &package).await?;
        let errors = keep_errors(db, desk, &package, &self.wrong).await?;
        timeline::add(db, desk, self.request, &Entry::CheckFailed { package: package.id, errors }).await?;
        let facility = facilities::load(db, self.request.facility).await?;
        queue::refresh(db, desk, &facility, self.request).await?;
        desk.changed(&["package"]);
        Ok(())
    }
}
