//! What happened, in sentences, newest first.

use leptos::prelude::*;

/// All that happened on one day; the caller puts the newest day first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The date, written out.
    pub date: String,
    pub happenings: Vec<Happening>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Happening {
    pub sentence: String,
    /// The time of day, written out, and by whom where the reader may know.
    pub beside: Option<String>,
    /// More to read: what somebody wrote, as they wrote it.
    pub note: Option<String>,
    /// Where there is something to do about it: the link's text, and its address.
    pub link: Option<(String, String)>,
}

impl Happening {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), ..Self::default() }
    }
}

/// The dates are headings of the third level: a heading of the second stands above.
#[component]
pub fn Timeline(days: Vec<Day>) -> impl IntoView {
    let days: Vec<_> = days
        .into_iter()
        .map(|day| {
            let happenings: Vec<_> = day.happenings.into_iter().map(happening).collect();
            view! {
                <section class="timeline-day">
                    <h3 class="timeline-date">{day.date}</h3>
                    <ul class="timeline-list">{happenings}</ul>
                </section>
            }
        })
        .collect();
    view! { <div class="timeline">{days}</div> }
}

fn happening(happening: Happening) -> impl IntoView {
    view! {
        <li class="timeline-happening">
            <p class="timeline-sentence">{happening.sentence}</p>
            {happening.note.map(|note| view! { <p class="timeline-note">{note}</p> })}
            {happening.link.map(|(text, address)| view! { <p><a href=address>{text}</a></p> })}
            {happening.beside.map(|beside| view! { <p class="timeline-beside">{beside}</p> })}
        </li>
    }
}
