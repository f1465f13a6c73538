//! Who asks: what they wrote beside the chart, the picture they sent, and what a clerk found to agree.

use domain::{
    shown::worklist::{Asked, IdentityPage, IdentityShown, Seen},
    verification::{EvidenceKind, Identifier, VerificationMethod},
    words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    calls::{VerifyIdentityCall, WithdrawIdentityCall, look_at_identity},
    frame::{At, address, frame},
    loaded::loaded,
    tried::Tried,
};
use crate::ui::{
    Answer, Button, ButtonKind, ButtonLink, CheckBoxes, Choice, Field, Form, Radios, SummaryList, Width, param,
};

#[component]
pub fn CaseIdentityPage() -> impl IntoView {
    loaded(look_at_identity(param("request")), |identity, tried| page(identity, &tried))
}

fn page(shown: IdentityPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    let request = shown.head.request;
    let decision = match (&shown.identity, shown.head.may.work) {
        (Some(identity), _) => verified(&shown, identity, tried),
        (None, true) => form(&shown, tried),
        (None, false) => view! { <p>{words.claim_first}</p> }.into_any(),
    };
    let body = view! {
        <div class="case-sides">
            <div>
                <h2>{words.request_says}</h2>
                <SummaryList answers=sides(&shown, tried)/>
                {signature(&shown.asked, tried)}
                <ButtonLink text=words.find_chart address=format!("{}/chart", address(request)) kind=ButtonKind::Secondary key='m'/>
            </div>
            <div>
                <h2>{words.pictures}</h2>
                {pictures(&shown, tried)}
            </div>
        </div>
        {decision}
    }
    .into_any();
    frame(&shown.head, At::Identity, words.identity_title, tried, body)
}

/// What the request says of each thing, and below it what the chart says.
fn sides(shown: &IdentityPage, tried: &Tried) -> Vec<Answer> {
    let words = tried.words;
    Identifier::ALL
        .iter()
        .map(|identifier| {
            let nothing = |text: String| if text.is_empty() { words.nothing_said.to_owned() } else { text };
            let chart = shown
                .chart
                .as_ref()
                .map_or_else(|| words.not_matched.to_owned(), |chart| nothing(tried.of_chart(chart, *identifier)));
            Answer {
                question: words::identifier(*identifier).to(tried.language).to_owned(),
                lines: vec![
                    format!("{}: {}", words.request, nothing(tried.of_request(&shown.asked, *identifier))),
                    format!("{}: {chart}", words.chart),
                ],
                change: None,
            }
        })
        .collect()
}

fn signature(asked: &Asked, tried: &Tried) -> AnyView {
    let words = tried.words;
    match &asked.signed {
        Some((name, on)) => {
            view! { <p class="case-signature">{words.signed}" “"{name.clone()}"”, "{tried.date(*on)}</p> }.into_any()
        }
        None => view! { <p class="case-signature">{words.not_signed}</p> }.into_any(),
    }
}

fn pictures(shown: &IdentityPage, tried: &Tried) -> AnyView {
    let words = tried.words;
    if shown.photos.is_empty() {
        let text = if shown.head.may.work { words.no_pictures } else { words.claim_first };
        return view! { <p>{text}</p> }.into_any();
    }
    let facility = shown.head.request.facility;
    let all: Vec<_> = shown
        .photos
        .iter()
        .map(|photo| {
            let Seen { opening, is_form, media_type, on } = photo;
            let source = format!("/evidence/{facility}/{opening}");
            let (alt, sent) = if *is_form {
                (words.form_alt, format!("{} {}", words.form_scanned_on, tried.date(*on)))
            } else {
                (words.picture_alt, format!("{} {}", words.sent_on, tried.date(*on)))
            };
            let larger = source.clone();
            if media_type.starts_with("image/") {
                view! {
                    <figure class="case-picture">
                        <a href=larger target="_blank">
                            <img src=source alt=alt/>
                        </a>
                        <figcaption>{sent}</figcaption>
                    </figure>
                }
                .into_any()
            } else {
                view! { <p><a href=source target="_blank">{words.picture_file}</a>" "{sent}</p> }.into_any()
            }
        })
        .collect();
    all.into_any()
}

fn form(shown: &IdentityPage, tried: &Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let pictured = shown.photos.iter().any(|photo| !photo.is_form);
    let methods = VerificationMethod::ALL
        .iter()
        .filter(|one| pictured || **one != VerificationMethod::PhotoCompared)
        .map(|one| Choice::new(one.code(), words::method(*one).to(language)).chosen(tried.chosen("method", one.code())))
        .collect();
    let kinds = EvidenceKind::ALL
        .iter()
        .map(|one| {
            Choice::new(one.code(), words::evidence_kind(*one).to(language))
                .chosen(tried.chosen("evidence", one.code()))
        })
        .collect();
    let identifiers = Identifier::ALL
        .iter()
        .map(|one| {
            Choice::new(one.code(), words::identifier(*one).to(language)).chosen(tried.chosen("matched[]", one.code()))
        })
        .collect();
    let (request, version) = (shown.head.request.to_string(), shown.version.0.to_string());
    let (method_error, evidence_error) = (tried.error("method"), tried.error("evidence"));
    let (name, name_error, matched_error) =
        (tried.value("evidence_name", ""), tried.error("evidence_name"), tried.error("matched"));
    view! {
        <h2>{words.verify_heading}</h2>
        {(pictured && shown.chart.is_none()).then(|| view! { <p>{words.chart_first}</p> })}
        <Form action=VerifyIdentityCall::PATH key=shown.head.keys.of(4)>
            <input type="hidden" name="request" value=request/>
            <input type="hidden" name="version" value=version/>
            <Radios name="method" legend=words.how_compared choices=methods error=method_error/>
            <Radios name="evidence" legend=words.which_evidence choices=kinds error=evidence_error/>
            <Field
                name="evidence_name"
                label=words.other_evidence
                width=Width::Half
                value=name
                error=name_error
            />
            <CheckBoxes
                name="matched"
                legend=words.what_matched
                hint=words.what_matched_hint
                choices=identifiers
                error=matched_error
            />
            <Button text=words.verify_button/>
        </Form>
    }
    .into_any()
}

fn verified(shown: &IdentityPage, identity: &IdentityShown, tried: &Tried) -> AnyView {
    let (words, language) = (tried.words, tried.language);
    let matched: Vec<_> = identity.matched.iter().map(|one| words::identifier(*one).to(language)).collect();
    let evidence = match &identity.evidence {
        domain::verification::Evidence::Other { name } => name.clone(),
        known @ domain::verification::Evidence::Known { .. } => {
            words::evidence_kind(known.kind()).to(language).to_owned()
        }
    };
    let answers = vec![
        Answer::new(words.how_compared, words::method(identity.method).to(language)),
        Answer::new(words.which_evidence, evidence),
        Answer::new(words.what_matched, matched.join(", ")),
        Answer::new(words.decided_by, format!("{}, {}", identity.by, tried.date(identity.on))),
    ];
    let (request, version, key) = (shown.head.request.to_string(), shown.version.0.to_string(), shown.head.keys.of(5));
    view! {
        <h2>{words.verified_heading}</h2>
        <SummaryList answers/>
        {shown.may_withdraw.then(|| view! {
            <Form action=WithdrawIdentityCall::PATH key inline=true>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="version" value=version/>
                <Button text=words.withdraw_identity kind=ButtonKind::Plain/>
            </Form>
        })}
    }
    .into_any()
}
