//! The pages of coming in. Each is whole without a script and says the same for every address.

use leptos::prelude::*;

use crate::{
    around::Around,
    ui::{Button, ButtonKind, ButtonLink, Buttons, Field, Form, Kind, Page, Tried, asked},
};

/// What a form before sign-in brought back, with its problems in words; nothing of it waits under a seat.
fn tried() -> Tried {
    Tried::new(use_context().unwrap_or_default(), Around::here().language)
}

/// The front page: for whom, what is needed, what it costs, how long it takes.
#[component]
pub fn Start() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().sign_in;
    let ask = if around.signed_in.is_some() { "/requests" } else { "/register" };
    let need: Vec<_> = words.start_need.iter().map(|need| view! { <li>{*need}</li> }).collect();
    view! {
        <Page title=words.start_title>
            <p class="lead">{words.start_lead}</p>
            <Buttons>
                <ButtonLink text=words.start_button address=ask/>
                <ButtonLink text=words.start_return address="/sign-in" kind=ButtonKind::Secondary/>
            </Buttons>
            <h2>{words.start_who_heading}</h2>
            <p>{words.start_who}</p>
            <h2>{words.start_need_heading}</h2>
            <ul>{need}</ul>
            <h2>{words.start_cost_heading}</h2>
            <p>{words.start_cost}</p>
            <h2>{words.start_time_heading}</h2>
            <p>{words.start_time}</p>
            <p>{words.start_other}</p>
        </Page>
    }
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().sign_in;
    view! {
        <SignInForm title=words.title side="patient">
            <p>{words.no_account} " " <a href="/register">{words.register_link}</a></p>
        </SignInForm>
    }
}

#[component]
pub fn StaffSignIn() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().sign_in;
    view! { <SignInForm title=words.staff_title side="staff" hint=words.staff_hint/> }
}

#[component]
fn SignInForm(
    title: &'static str,
    side: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let tried = tried();
    let words = &Around::here().words().sign_in;
    let next = asked("next");
    view! {
        <Page title wrong=tried.wrong()>
            {hint.map(|hint| view! { <p>{hint}</p> })}
            <Form action="/sign-in" key="">
                <input type="hidden" name="side" value=side/>
                <input type="hidden" name="next" value=next/>
                <Field name="email" label=words.email kind=Kind::Email autocomplete="username" value=tried.typed("email") error=tried.error("email")/>
                <Field name="password" label=words.password kind=Kind::Password autocomplete="current-password" error=tried.error("password")/>
                <Button text=words.button/>
            </Form>
            {children.map(|children| children())}
        </Page>
    }
}

#[component]
pub fn Register() -> impl IntoView {
    let tried = tried();
    let words = &Around::here().words().sign_in;
    view! {
        <Page title=words.register_title wrong=tried.wrong()>
            <p>{words.register_intro}</p>
            <Form action="/register" key="">
                <Field name="name" label=words.name hint=words.name_hint autocomplete="name" value=tried.typed("name") error=tried.error("name")/>
                <Field
                    name="email"
                    label=words.email
                    hint=words.email_hint
                    kind=Kind::Email
                    autocomplete="email"
                    value=tried.typed("email")
                    error=tried.error("email")
                />
                <Field
                    name="password"
                    label=words.new_password
                    hint=words.new_password_hint
                    kind=Kind::Password
                    autocomplete="new-password"
                    error=tried.error("password")
                />
                <Field
                    name="password_again"
                    label=words.password_again
                    kind=Kind::Password
                    autocomplete="new-password"
                    error=tried.error("password_again")
                />
                <Button text=words.register_button/>
            </Form>
            <p><a href="/sign-in">{words.have_account}</a></p>
        </Page>
    }
}

#[component]
pub fn RegisterSent() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().sign_in;
    view! {
        <Page title=words.sent_title>
            <p>{words.sent_text}</p>
            <p>{words.sent_nothing}</p>
        </Page>
    }
}

/// What the mailed link leads to. It asks for the password, since somebody else may have typed this address with one of
/// theirs; and no address that is only visited changes anything, since scanners visit too.
#[component]
pub fn AccountOpen() -> impl IntoView {
    let tried = tried();
    let words = &Around::here().words().sign_in;
    view! {
        <Page title=words.open_title wrong=tried.wrong()>
            <p>{words.open_text}</p>
            <p>{words.open_unasked}</p>
            <Form action="/account/open" key="">
                <input type="hidden" name="attempt" value=asked("attempt")/>
                <input type="hidden" name="code" value=asked("code")/>
                <Field
                    name="password"
                    label=words.password
                    kind=Kind::Password
                    autocomplete="current-password"
                    error=tried.error("password")
                />
                <Button text=words.open_button/>
            </Form>
        </Page>
    }
}

#[component]
pub fn AccountOpened() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().sign_in;
    view! {
        <Page title=words.opened_title>
            <p>{words.opened_text}</p>
            <ButtonLink text=words.button address="/sign-in"/>
        </Page>
    }
}

#[component]
pub fn LinkOver() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().sign_in;
    view! {
        <Page title=words.link_over_title>
            <p>{words.link_over_text}</p>
            <ButtonLink text=words.register_link address="/register"/>
        </Page>
    }
}

#[component]
pub fn SignedOut() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().sign_in;
    view! {
        <Page title=words.signed_out_title>
            <p>{words.signed_out_text}</p>
            <ButtonLink text=words.button address="/sign-in"/>
        </Page>
    }
}
