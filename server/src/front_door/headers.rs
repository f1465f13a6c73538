//! Headers that every answer carries.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// What a page may load and where its forms may go. The nonce is this response's own.
pub fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval' 'self'; style-src 'self'; img-src 'self' blob:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Nothing is cached but the hashed files, which set their own; nothing is framed, sniffed or sent along to others.
/// `same-origin`, not `no-referrer`: a plain form's way back needs it.
/// `secure`: the portal is reached by TLS, so a browser never asks for it without, for a year. What else is served
/// under the same domain is not ours to decide.
pub fn seal(headers: &mut HeaderMap, secure: bool) {
    const FIXED: [(HeaderName, &str); 6] = [
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(), geolocation=(), interest-cohort=()",
        ),
    ];
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_to_come_by_tls_alone_where_there_is_tls() {
        for (secure, said) in [(true, Some("max-age=31536000")), (false, None)] {
            let mut headers = HeaderMap::new();
            seal(&mut headers, secure);
            let value = headers.get(header::STRICT_TRANSPORT_SECURITY).and_then(|value| value.to_str().ok());
            assert_eq!(value, said);
        }
    }
}
