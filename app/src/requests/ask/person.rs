//! Who asks, and how they are reached.

use domain::{
    form::{Contact, EmailAddress, PersonName, Phone, PostalAddress},
    shown::requests::Asking,
};
use leptos::prelude::*;

use super::Tried;
use crate::ui::{DateField, Details, Field, Kind, TextArea, Width};

pub(super) fn name(asking: Asking, tried: &Tried) -> AnyView {
    let words = &tried.words.ask;
    let name = tried.value("name", || match &asking.draft.name {
        Some(name) => name.as_str().to_owned(),
        None => asking.name,
    });
    let former = tried.value("former_names", || {
        asking.draft.former_names.iter().map(PersonName::as_str).collect::<Vec<_>>().join("\n")
    });
    view! {
        <Field name="name" label=words.name_label hint=words.name_hint autocomplete="name" value=name error=tried.error("name")/>
        <TextArea
            name="former_names"
            label=words.former
            hint=words.former_hint
            value=former
            error=tried.error("former_names")
            limit=500
            rows=3
        />
    }
    .into_any()
}

pub(super) fn birth_date(asking: Asking, tried: &Tried) -> AnyView {
    let words = &tried.words.ask;
    let typed = tried.date("birth", asking.draft.birth_date.map(|born| born.0));
    view! {
        <DateField name="birth" legend=words.birth typed birthday=true question=true error=tried.date_error("birth")/>
        <Details summary=words.why><p>{words.why_text}</p></Details>
    }
    .into_any()
}

pub(super) fn contact(asking: Asking, tried: &Tried) -> AnyView {
    let words = &tried.words.ask;
    let contact = asking.draft.contact.as_ref();
    let email = tried.value("email", || match contact {
        Some(contact) => contact.email().map(EmailAddress::as_str).unwrap_or_default().to_owned(),
        None => asking.email.clone().unwrap_or_default(),
    });
    let phone =
        tried.value("phone", || contact.and_then(Contact::phone).map(Phone::as_str).unwrap_or_default().to_owned());
    let postal = contact.and_then(Contact::postal);
    let part = |field: &str, part: fn(&PostalAddress) -> &str| {
        tried.value(field, || postal.map(part).unwrap_or_default().to_owned())
    };
    view! {
        <p>{words.contact_text}</p>
        <Field name="email" label=words.email kind=Kind::Email autocomplete="email" value=email error=tried.error("email")/>
        <Field
            name="phone"
            label=words.phone
            hint=words.phone_hint
            kind=Kind::Phone
            autocomplete="tel"
            width=Width::Half
            value=phone
            error=tried.error("phone")
        />
        <fieldset class="field">
            <legend class="field-legend field-label">{words.postal}</legend>
            <Field
                name="line1"
                label=words.line1
                autocomplete="address-line1"
                value=part("line1", |postal| &postal.line1)
                error=tried.error("line1")
            />
            <Field
                name="line2"
                label=words.line2
                autocomplete="address-line2"
                value=part("line2", |postal| postal.line2.as_deref().unwrap_or_default())
                error=tried.error("line2")
            />
            <Field
                name="city"
                label=words.city
                autocomplete="address-level2"
                width=Width::Half
                value=part("city", |postal| &postal.city)
                error=tried.error("city")
            />
            <Field
                name="state"
                label=words.state
                autocomplete="address-level1"
                width=Width::Short
                value=part("state", |postal| &postal.state)
                error=tried.error("state")
            />
            <Field
                name="zip"
                label=words.zip
                kind=Kind::Digits
                autocomplete="postal-code"
                width=Width::Short
                value=part("zip", |postal| &postal.zip)
                error=tried.error("zip")
            />
        </fieldset>
    }
    .into_any()
}
