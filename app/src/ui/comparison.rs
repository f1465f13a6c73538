//! What was asked beside what is on record, with what differs said in words.

use leptos::prelude::*;

use crate::around::Around;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreement {
    Same,
    /// Alike, with how they differ in words: "Day and month are swapped".
    Close(String),
    Different,
    /// One side says nothing.
    CannotTell,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub what: String,
    /// As each source states it, in the order of the sources.
    pub stated: Vec<String>,
    pub agreement: Agreement,
}

/// `sources` names the columns: "Request", "Record", "ID".
#[component]
pub fn Comparison(#[prop(into)] caption: String, sources: Vec<String>, rows: Vec<Compared>) -> impl IntoView {
    let words = &Around::here().words().ui;
    let heads: Vec<_> =
        sources.iter().cloned().map(|source| view! { <th class="table-head" scope="col">{source}</th> }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let (class, said) = match row.agreement {
                Agreement::Same => ("comparison-same", words.compared_same.to_owned()),
                Agreement::Close(how) => ("comparison-close", how),
                Agreement::Different => ("comparison-different", words.compared_different.to_owned()),
                Agreement::CannotTell => ("comparison-close", words.compared_cannot_tell.to_owned()),
            };
            let cells: Vec<_> = sources
                .iter()
                .cloned()
                .zip(row.stated)
                .map(|(source, stated)| view! { <td class="table-cell" data-label=source>{stated}</td> })
                .collect();
            view! {
                <tr class=format!("table-row {class}")>
                    <th class="table-cell table-name" scope="row" data-label="">{row.what}</th>
                    {cells}
                    <td class="table-cell" data-label=words.compared>
                        <span class="comparison-said">{said}</span>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="table comparison">
            <caption class="table-caption">{caption}</caption>
            <thead>
                <tr>
                    <td class="table-head"></td>
                    {heads}
                    <th class="table-head" scope="col">{words.compared}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
