//! Help by people, in the same place on every page, and the only mention of the product's name.

use leptos::prelude::*;

use crate::around::Around;

#[component]
pub fn Footer() -> impl IntoView {
    let around = Around::here();
    let words = &around.words().ui;
    let facility = around.facility;
    // What a phone dials: the digits as they are written, without what people put between them.
    let dial: String = facility.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! {
        <footer class="footer">
            <div class="footer-row">
                <h2 class="footer-heading">{words.help_heading}</h2>
                <dl class="footer-ways">
                    <div>
                        <dt>{words.help_phone}</dt>
                        <dd><a href=format!("tel:{dial}")>{facility.phone}</a><br/>{facility.hours}</dd>
                    </div>
                    <div><dt>{words.help_relay}</dt><dd>{(words.help_relay_text)(&facility.relay)}</dd></div>
                    <div><dt>{words.help_interpreter}</dt><dd>{words.help_interpreter_text}</dd></div>
                    <div><dt>{words.help_in_person}</dt><dd>{facility.in_person}</dd></div>
                </dl>
                <p class="footer-product">{words.product}</p>
            </div>
        </footer>
    }
}
