//! Figures as bars, with the same figures in a table beside them. Plain SVG: it prints, and needs no script.

use leptos::prelude::*;

use super::table::{Column, Row, Table};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub value: u32,
    /// The value with its unit, "12 days".
    pub said: String,
}

/// Heights in the picture's own units; it scales with the page.
const ROW: usize = 32;
const THICKNESS: usize = 20;
const LABELS: u64 = 132;
const LONGEST: u64 = 240;

/// `what` names the first column ("Stage"), `measure` the second ("Days, median").
#[component]
pub fn BarChart(
    #[prop(into)] caption: String,
    #[prop(into)] what: String,
    #[prop(into)] measure: String,
    bars: Vec<Bar>,
) -> impl IntoView {
    let most = u64::from(bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1));
    let height = bars.len() * ROW;
    let pictures: Vec<_> = bars.iter().enumerate().map(|(place, bar)| picture(place, bar, most)).collect();
    let rows = bars.into_iter().map(|bar| Row::new(vec![bar.label.into_any(), bar.said.into_any()])).collect();
    view! {
        <figure class="bar-chart">
            // The table says the same, so the picture is left out for those who listen.
            <svg class="bar-chart-picture" viewBox=format!("0 0 460 {height}") aria-hidden="true" focusable="false">
                {pictures}
            </svg>
            <div class="bar-chart-table">
                <Table caption columns=vec![Column::new(what), Column::figures(measure)] rows/>
            </div>
        </figure>
    }
}

fn picture(place: usize, bar: &Bar, most: u64) -> impl IntoView + use<> {
    let top = place * ROW + (ROW - THICKNESS) / 2;
    let baseline = place * ROW + ROW / 2 + 5;
    // A bar of nothing still shows where it would begin.
    let width = (u64::from(bar.value) * LONGEST / most).max(2);
    view! {
        <text class="bar-chart-label" x=LABELS - 8 y=baseline text-anchor="end">{bar.label.clone()}</text>
        <rect class="bar-chart-bar" x=LABELS y=top width=width height=THICKNESS rx="2"/>
        <text class="bar-chart-value" x=LABELS + width + 8 y=baseline>{bar.said.clone()}</text>
    }
}
