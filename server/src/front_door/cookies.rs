//! Cookies: the session's (tower-sessions sets it), a short one before sign-in, one that carries a failed sign-in's
//! typed address for one reading, and the language.

use app::around::Place;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::language::Language;
use office::Desk;

use super::token;

/// The cookies' names: bound to host and TLS wherever there is TLS.
#[derive(Clone, Copy)]
pub struct Names {
    secure: bool,
}

/// Of one field in a cookie, which holds four kilobytes in all.
const LONGEST_SAID: usize = 500;

/// What a request brought.
#[derive(Default)]
pub(super) struct Cookies {
    pub(super) session: Option<String>,
    pub(super) pre: Option<String>,
    pub(super) said: Option<app::kept::Kept>,
    pub(super) language: Option<Language>,
    pub(super) places: Vec<Place>,
    pub(super) idle_seconds: Option<u32>,
}

impl Names {
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    pub fn session(self) -> &'static str {
        if self.secure { "__Host-sid" } else { "sid" }
    }

    fn pre(self) -> &'static str {
        if self.secure { "__Host-pre" } else { "pre" }
    }

    fn said(self) -> &'static str {
        if self.secure { "__Host-said" } else { "said" }
    }

    fn places(self) -> &'static str {
        if self.secure { "__Host-places" } else { "places" }
    }

    fn language(self) -> &'static str {
        if self.secure { "__Host-lang" } else { "lang" }
    }

    pub(super) fn read(self, headers: &HeaderMap, desk: &Desk) -> Cookies {
        let mut cookies = Cookies::default();
        for pair in headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split("; "))
        {
            let Some((name, value)) = pair.split_once('=') else { continue };
            if name == self.session() && !value.is_empty() {
                cookies.session = Some(value.to_owned());
            } else if name == self.pre() && token::is_pre(desk, value) {
                cookies.pre = Some(value.to_owned());
            } else if name == self.said() {
                cookies.said = desk
                    .open_text(vault::SealPurpose::Flash, b"said", value)
                    .and_then(|text| serde_json::from_slice(&text).ok());
            } else if name == self.language() {
                cookies.language = Language::from_code(value);
            } else if name == self.places() {
                cookies.places = value.split('.').filter_map(Place::from_code).collect();
                cookies.idle_seconds = value.split('.').find_map(|part| part.parse().ok());
            }
        }
        cookies
    }

    fn set(self, headers: &mut HeaderMap, name: &str, value: &str, max_age: u32) {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header::SET_COOKIE, value);
        }
    }

    /// Ten minutes from the last page before sign-in.
    pub(super) fn set_pre(self, headers: &mut HeaderMap, value: &str) {
        self.set(headers, self.pre(), value, 600);
    }

    pub(crate) fn drop_pre(self, headers: &mut HeaderMap) {
        self.set(headers, self.pre(), "", 0);
    }

    /// For one reading, ten minutes at most. A text that no cookie holds is left out, so that the rest arrives.
    pub(crate) fn set_said(self, headers: &mut HeaderMap, desk: &Desk, said: &app::kept::Kept) {
        let mut said = said.clone();
        said.pairs.retain(|(_, value)| value.len() <= LONGEST_SAID);
        if let Some(sealed) =
            serde_json::to_vec(&said).ok().and_then(|text| desk.seal_text(vault::SealPurpose::Flash, b"said", &text))
        {
            self.set(headers, self.said(), &sealed, 600);
        }
    }

    /// Whether an answer has something to say in the next page.
    pub(super) fn sets_said(self, headers: &HeaderMap) -> bool {
        let mut set = headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        set.any(|value| value.split_once('=').is_some_and(|(name, _)| name == self.said()))
    }

    pub(super) fn drop_said(self, headers: &mut HeaderMap) {
        self.set(headers, self.said(), "", 0);
    }

    /// A year: it is a preference and tells nothing else.
    pub(crate) fn set_language(self, headers: &mut HeaderMap, language: Language) {
        self.set(headers, self.language(), language.code(), 31_536_000);
    }

    /// What the header names, and when a page warns: a convenience for the person who holds it, no right to anything.
    pub(crate) fn set_places(self, headers: &mut HeaderMap, places: &[Place], idle_seconds: Option<u32>) {
        let codes = places.iter().map(|place| place.code().to_owned());
        let parts: Vec<String> = codes.chain(idle_seconds.map(|seconds| seconds.to_string())).collect();
        self.set(headers, self.places(), &parts.join("."), 43_200);
    }

    /// tower-sessions removes its cookie without the attributes that a browser wants to see again.
    pub(crate) fn drop_session(self, headers: &mut HeaderMap) {
        self.set(headers, self.session(), "", 0);
    }
}
