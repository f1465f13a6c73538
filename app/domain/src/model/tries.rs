//! What people try.

use proptest::prelude::*;

use crate::package::PageCheck;

/// What somebody tries. Clerks are 0 to 2; clerk 2 may be the one who asked.
#[derive(Debug, Clone)]
pub(super) enum Try {
    Send { stranger: bool },
    Claim(usize),
    TakeOver(usize),
    Unclaim(usize),
    Verify { by: usize, identifiers: usize, stale: bool },
    WithdrawIdentity(usize),
    Match { by: usize, chart: u128, agreeing: usize },
    Unmatch(usize),
    Ask { by: usize, ways: usize },
    Answer { stranger: bool },
    Expand(usize),
    Locate { by: usize, item: usize },
    Approve { by: usize, item: usize, stale: bool },
    NotFound { by: usize, item: usize },
    Reopen { by: usize, item: usize },
    Begin { by: usize, leave_out: usize },
    Finish { pages: u32, check: usize },
    Fail,
    Override { by: usize, reason: bool },
    HandOver(usize),
    SetAside(usize),
    See { by: usize, page: u32 },
    SendBack(usize),
    Release { by: usize, charts: usize, stale: bool },
    Offer,
    Open { stranger: bool },
    Withdraw { stranger: bool },
    Undo,
    Close { timer: bool },
    Wait { hours: i64 },
}

/// Who plays which part in a run, and whether the press confirms every page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cast {
    worker: usize,
    checker: usize,
    all_confirmed: bool,
}

impl Cast {
    pub(super) const USUAL: Self = Self { worker: 0, checker: 1, all_confirmed: false };
}

/// How it goes when all goes well, if the cast may play it.
pub(super) fn good_way(cast: Cast) -> Vec<Try> {
    let (worker, checker) = (cast.worker, cast.checker);
    vec![
        Try::Send { stranger: false },
        Try::Claim(worker),
        Try::Ask { by: worker, ways: 3 },
        Try::Answer { stranger: false },
        Try::Verify { by: worker, identifiers: 2, stale: false },
        Try::Match { by: worker, chart: 1, agreeing: 3 },
        Try::Expand(worker),
        Try::Approve { by: worker, item: 0, stale: false },
        Try::NotFound { by: worker, item: 1 },
        Try::Begin { by: worker, leave_out: 0 },
        Try::Finish { pages: 2, check: usize::from(!cast.all_confirmed) },
        Try::Override { by: worker, reason: true },
        Try::HandOver(worker),
        Try::See { by: checker, page: 1 },
        Try::See { by: checker, page: 2 },
        Try::Release { by: checker, charts: 0, stale: false },
        Try::Offer,
        Try::Open { stranger: false },
        Try::Wait { hours: 24 * 14 },
        Try::Close { timer: true },
    ]
}

fn anything() -> impl Strategy<Value = Try> {
    let (by, item) = (0_usize..3, 0_usize..4);
    prop_oneof![
        any::<bool>().prop_map(|stranger| Try::Send { stranger }),
        by.clone().prop_map(Try::Claim),
        by.clone().prop_map(Try::TakeOver),
        by.clone().prop_map(Try::Unclaim),
        (by.clone(), 0_usize..4, any::<bool>()).prop_map(|(by, identifiers, stale)| Try::Verify {
            by,
            identifiers,
            stale
        }),
        by.clone().prop_map(Try::WithdrawIdentity),
        (by.clone(), 1_u128..3, 0_usize..4).prop_map(|(by, chart, agreeing)| Try::Match { by, chart, agreeing }),
        by.clone().prop_map(Try::Unmatch),
        (by.clone(), 0_usize..5).prop_map(|(by, ways)| Try::Ask { by, ways }),
        any::<bool>().prop_map(|stranger| Try::Answer { stranger }),
        by.clone().prop_map(Try::Expand),
        (by.clone(), item.clone()).prop_map(|(by, item)| Try::Locate { by, item }),
        (by.clone(), item.clone(), any::<bool>()).prop_map(|(by, item, stale)| Try::Approve { by, item, stale }),
        (by.clone(), item.clone()).prop_map(|(by, item)| Try::NotFound { by, item }),
        (by.clone(), item).prop_map(|(by, item)| Try::Reopen { by, item }),
        (by.clone(), 0_usize..2).prop_map(|(by, leave_out)| Try::Begin { by, leave_out }),
        (0_u32..4, 0..PageCheck::ALL.len()).prop_map(|(pages, check)| Try::Finish { pages, check }),
        Just(Try::Fail),
        (by.clone(), any::<bool>()).prop_map(|(by, reason)| Try::Override { by, reason }),
        by.clone().prop_map(Try::HandOver),
        by.clone().prop_map(Try::SetAside),
        (by.clone(), 0_u32..4).prop_map(|(by, page)| Try::See { by, page }),
        by.clone().prop_map(Try::SendBack),
        (by.clone(), 0_usize..2, any::<bool>()).prop_map(|(by, charts, stale)| Try::Release { by, charts, stale }),
        Just(Try::Offer),
        any::<bool>().prop_map(|stranger| Try::Open { stranger }),
        any::<bool>().prop_map(|stranger| Try::Withdraw { stranger }),
        Just(Try::Undo),
        any::<bool>().prop_map(|timer| Try::Close { timer }),
        (0_i64..400).prop_map(|hours| Try::Wait { hours }),
    ]
}

/// The good way, in any cast, with steps left out and others put in between.
pub(super) fn any_way() -> impl Strategy<Value = (bool, Vec<Try>)> {
    let cast = (0_usize..3, 0_usize..3, any::<bool>());
    let noise = proptest::collection::vec((any::<u8>(), any::<u8>(), anything()), good_way(Cast::USUAL).len());
    (any::<bool>(), cast, noise).prop_map(|(clerk_asks, (worker, checker, all_confirmed), noise)| {
        let mut way = Vec::new();
        let good_way = good_way(Cast { worker, checker, all_confirmed });
        for (good, (keep, put, other)) in good_way.into_iter().zip(noise) {
            if put < 80 {
                way.push(other);
            }
            if keep < 245 {
                way.push(good);
            }
        }
        (clerk_asks, way)
    })
}
