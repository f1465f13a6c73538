//! The way of a case from whose chart it is to what left, and the one step that is next.

use domain::{
    item::ItemState,
    shown::worklist::{Case, ItemShown},
    status::Headline,
};
use leptos::prelude::*;

use crate::{
    ui::{ButtonKind, ButtonLink, Step, Steps},
    worklist::{frame::address, tried::Tried},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Chart,
    Identity,
    Records,
    Copy,
    Check,
    Release,
}

impl Stop {
    const ALL: [Self; 6] = [Self::Chart, Self::Identity, Self::Records, Self::Copy, Self::Check, Self::Release];

    const fn path(self) -> &'static str {
        match self {
            Self::Identity => "/identity",
            Self::Chart => "/chart",
            Self::Records => "/records",
            Self::Copy => "/copy",
            Self::Check => "/check",
            Self::Release => "/release",
        }
    }

    const fn name(self, tried: &Tried) -> &'static str {
        match self {
            Self::Identity => tried.copy.way_identity,
            Self::Chart => tried.copy.way_chart,
            Self::Records => tried.copy.way_records,
            Self::Copy => tried.copy.way_copy,
            Self::Check => tried.copy.way_check,
            Self::Release => tried.copy.way_release,
        }
    }

    /// What is done there, and the key that leads to it.
    const fn next(self, tried: &Tried) -> (&'static str, char) {
        match self {
            Self::Identity => (tried.copy.next_identity, 'v'),
            Self::Chart => (tried.copy.next_chart, 'm'),
            Self::Records => (tried.copy.next_records, 'r'),
            Self::Copy => (tried.copy.next_copy, 'b'),
            Self::Check => (tried.copy.next_check, 'k'),
            Self::Release => (tried.copy.next_release, 'e'),
        }
    }
}

/// What the facts of a case leave to be done first; None: nothing is.
fn next(headline: Headline, verified: bool, matched: bool, decided: bool) -> Option<Stop> {
    match headline {
        Headline::Draft | Headline::Closed => None,
        Headline::QualityCheck => Some(Stop::Check),
        Headline::Ready | Headline::Delivered => Some(Stop::Release),
        // a photo is compared with what the chart says
        _ if !matched => Some(Stop::Chart),
        _ if !verified => Some(Stop::Identity),
        _ if !decided => Some(Stop::Records),
        _ => Some(Stop::Copy),
    }
}

fn is_decided(item: &ItemShown) -> bool {
    !matches!(item.state, ItemState::Pending | ItemState::Located { .. })
}

/// The line of steps, and beside it the link to the next one: the one thing to do for whoever works the case.
pub(super) fn way(case: &Case, tried: &Tried) -> AnyView {
    let decided = !case.items.is_empty() && case.items.iter().all(is_decided);
    let next = next(case.head.headline, case.identity.is_some(), case.chart.is_some(), decided);
    let Some(stop) = next else { return ().into_any() };
    let now = Stop::ALL.iter().position(|one| *one == stop).unwrap_or_default();
    let steps = Stop::ALL.iter().map(|one| Step { name: one.name(tried).to_owned(), when: None }).collect();
    let (text, key) = stop.next(tried);
    let kind = if case.head.may.claim { ButtonKind::Secondary } else { ButtonKind::Primary };
    let base = address(case.head.request);
    let to = format!("{base}{}", stop.path());
    let released = matches!(case.head.headline, Headline::Ready | Headline::Delivered);
    let ask = (case.head.may.work && case.question.is_none() && !released).then(|| {
        view! { <a href=format!("{base}/question")>{tried.words.ask}</a> }
    });
    view! {
        <div class="case-way">
            <Steps steps now/>
            <div class="case-next">
                <p class="case-next-said">{tried.copy.next_step}": "</p>
                <ButtonLink text address=to kind key/>
                {ask}
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_step_is_the_first_that_is_not_done() {
        let facts = [(false, false, false), (false, true, false), (true, true, false), (true, true, true)];
        let steps = facts.map(|(verified, matched, decided)| next(Headline::Verifying, verified, matched, decided));
        assert_eq!(steps, [Stop::Chart, Stop::Identity, Stop::Records, Stop::Copy].map(Some));
    }

    #[test]
    fn what_is_handed_over_waits_for_its_check_and_what_is_closed_for_nothing() {
        let done = |headline| next(headline, true, true, true);
        assert_eq!(done(Headline::Preparing), Some(Stop::Copy));
        assert_eq!(done(Headline::QualityCheck), Some(Stop::Check));
        assert_eq!(done(Headline::Ready), Some(Stop::Release));
        assert_eq!(done(Headline::Closed), None);
    }
}
