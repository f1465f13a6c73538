//! What stands around every page of a case: whose it is, the pages it has, and who works it.

use domain::{
    ids::RequestId,
    shown::worklist::{Head, Holder},
    status::Headline,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{ClaimCall, PutBackCall, TakeOverCall},
    said::is_late,
    tried::Tried,
};
use crate::ui::{
    Button, ButtonKind, Details, Field, Form, Identity, IdentityBar, Notice, Page, SubNavigation, Tab, Tone, Way,
};

/// The pages of a case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Overview,
    Identity,
    Records,
    /// With `built`, its pages can be looked at before they are handed over.
    Copy {
        built: bool,
    },
    Check,
    Release,
    History,
}

impl At {
    /// The check and the release have their places once there is something to see there.
    fn tabs(self, headline: Headline) -> Vec<(Self, &'static str)> {
        let checking = matches!(self, Self::Check | Self::Copy { built: true }) || headline == Headline::QualityCheck;
        let released =
            self == Self::Release || matches!(headline, Headline::Ready | Headline::Delivered | Headline::Closed);
        let copy = if let Self::Copy { .. } = self { self } else { Self::Copy { built: false } };
        let mut tabs =
            vec![(Self::Overview, ""), (Self::Identity, "/identity"), (Self::Records, "/records"), (copy, "/copy")];
        if checking {
            tabs.push((Self::Check, "/check"));
        }
        if released {
            tabs.push((Self::Release, "/release"));
        }
        tabs.push((Self::History, "/history"));
        tabs
    }

    const fn name(self, tried: &Tried) -> &'static str {
        match self {
            Self::Overview => tried.words.overview,
            Self::Identity => tried.words.identity,
            Self::Records => tried.words.records,
            Self::Copy { .. } => tried.copy.copy,
            Self::Check => tried.copy.check,
            Self::Release => tried.copy.release,
            Self::History => tried.words.history,
        }
    }
}

pub(super) fn address(request: RequestId) -> String {
    format!("/worklist/{request}")
}

/// The page `title` of a case, at a place of its navigation. The first three keys are the frame's own forms'.
pub(super) fn frame(head: &Head, at: At, title: &str, tried: &Tried, body: AnyView) -> AnyView {
    let words = tried.words;
    let base = address(head.request);
    let tab = |(place, path): (At, &str)| Tab {
        text: place.name(tried).to_owned(),
        address: format!("{base}{path}"),
        waiting: None,
        current: place == at,
    };
    let tabs = at.tabs(head.headline).into_iter().map(tab).collect();
    let mut flags = Vec::new();
    if head.deceased {
        flags.push(words.has_died.to_owned());
    }
    let identity = Identity {
        name: head.name.clone(),
        born: tried.date(head.born),
        record_number: head.record_number.clone(),
        request_number: head.number.to_string(),
        due: head.due_on.map(|due| tried.due(due, head.clock)),
        late: is_late(head.clock),
        flags,
    };
    let moved_on = tried.moved_on();
    let holding = holding(head, tried);
    view! {
        <IdentityBar identity/>
        <SubNavigation label=words.this_case tabs/>
        <Page title=title.to_owned() back=Way::new("/worklist", words.place) wrong=tried.wrong() wide=true>
            {moved_on.then(|| view! {
                <Notice tone=Tone::Information heading=words.moved_on><p>{words.moved_on_text}</p></Notice>
            })}
            {holding}
            {body}
        </Page>
    }
    .into_any()
}

/// Who has the case, and the way to take it, take it over or put it back.
fn holding(head: &Head, tried: &Tried) -> AnyView {
    let words = tried.words;
    let request = head.request.to_string();
    let holder = match &head.holder {
        None => words.nobody_has_it.to_owned(),
        Some(Holder { is_reader: true, .. }) => words.you_have_it.to_owned(),
        Some(Holder { name, .. }) => format!("{name} {}", words.has_it),
    };
    let act = if head.may.claim {
        view! {
            <Form action=ClaimCall::PATH key=head.keys.of(0) inline=true>
                <input type="hidden" name="request" value=request/>
                <Button text=words.claim key='c'/>
            </Form>
        }
        .into_any()
    } else if head.may.take_over {
        let (key, value, error) = (head.keys.of(1), tried.value("reason", ""), tried.error("reason"));
        view! {
            <Details summary=words.take_over open=error.is_some()>
                <Form action=TakeOverCall::PATH key>
                    <input type="hidden" name="request" value=request/>
                    <Field name="reason" label=words.take_over_why value error/>
                    <Button text=words.take_over kind=ButtonKind::Secondary/>
                </Form>
            </Details>
        }
        .into_any()
    } else if head.may.work {
        view! {
            <Form action=PutBackCall::PATH key=head.keys.of(2) inline=true>
                <input type="hidden" name="request" value=request/>
                <Button text=words.put_back kind=ButtonKind::Plain/>
            </Form>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! { <div class="case-holder"><p>{holder}</p>{act}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_and_the_release_have_their_tabs_once_there_is_something_to_see() {
        let shown = |at: At, headline| {
            let tabs: Vec<_> = at.tabs(headline).into_iter().map(|(place, _)| place).collect();
            (tabs.contains(&At::Check), tabs.contains(&At::Release))
        };
        assert_eq!(shown(At::Overview, Headline::Preparing), (false, false));
        assert_eq!(shown(At::Copy { built: true }, Headline::Preparing), (true, false));
        assert_eq!(shown(At::Overview, Headline::QualityCheck), (true, false));
        assert_eq!(shown(At::Overview, Headline::Ready), (false, true));
    }
}
