//! Rows to be read in a glance. In a narrow window each row becomes a card, its cells named by their columns.

use leptos::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    /// Figures stand at the right, one under the other.
    pub figures: bool,
    /// The address that sorts by this column.
    pub sort: Option<String>,
    /// How the rows are sorted by it now.
    pub sorted: Option<Order>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

impl Column {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    pub fn figures(label: impl Into<String>) -> Self {
        Self { figures: true, ..Self::new(label) }
    }

    #[must_use]
    pub fn sort(self, address: impl Into<String>, sorted: Option<Order>) -> Self {
        Self { sort: Some(address.into()), sorted, ..self }
    }
}

/// A row has a cell for each column; the first names the row and holds its link.
pub struct Row {
    pub cells: Vec<AnyView>,
    /// Late rows are marked at their edge; a cell says so in words.
    pub late: bool,
}

impl Row {
    pub fn new(cells: Vec<AnyView>) -> Self {
        Self { cells, late: false }
    }
}

/// The caption says what the rows are and in which order; `hidden_caption` where a heading says it already.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    #[prop(optional)] hidden_caption: bool,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> impl IntoView {
    let heads: Vec<_> = columns.iter().cloned().map(head).collect();
    let rows: Vec<_> = rows.into_iter().map(|row| body_row(&columns, row)).collect();
    let caption_class = if hidden_caption { "visually-hidden" } else { "table-caption" };
    view! {
        <table class="table">
            <caption class=caption_class>{caption}</caption>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn head(column: Column) -> impl IntoView {
    let sorted = column.sorted.map(|order| match order {
        Order::Ascending => "ascending",
        Order::Descending => "descending",
    });
    let class = if column.figures { "table-head table-figures" } else { "table-head" };
    let label = match column.sort {
        Some(address) => view! { <a class="table-sort" href=address>{column.label}</a> }.into_any(),
        None => column.label.into_any(),
    };
    view! { <th class=class scope="col" aria-sort=sorted>{label}</th> }
}

fn body_row(columns: &[Column], row: Row) -> impl IntoView + use<> {
    let cells: Vec<_> = columns
        .iter()
        .zip(row.cells)
        .enumerate()
        .map(|(place, (column, cell))| {
            let class = if column.figures { "table-cell table-figures" } else { "table-cell" };
            let label = column.label.clone();
            if place == 0 {
                view! { <th class="table-cell table-name" scope="row" data-label=label>{cell}</th> }.into_any()
            } else {
                view! { <td class=class data-label=label>{cell}</td> }.into_any()
            }
        })
        .collect();
    let class = if row.late { "table-row table-row-late" } else { "table-row" };
    view! { <tr class=class>{cells}</tr> }
}
