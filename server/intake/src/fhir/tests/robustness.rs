//! No bytes break the reading, nothing is read by half, and the order of entries makes no difference.

use proptest::prelude::*;

use super::*;

fn read_bytes(bytes: &[u8]) -> Result<Charts, Refused> {
    super::super::read(bytes, &new_york(), &Limits::default())
}

/// Everything in the file is in the charts, beside them, or remarked as left out.
fn is_whole(bytes: &[u8], charts: &Charts) -> bool {
    #[derive(serde::Deserialize)]
    struct Counted {
        entry: Vec<serde::de::IgnoredAny>,
    }
    let file: Counted = serde_json::from_slice(bytes).expect("what reads is a bundle");
    let held: usize = charts.charts.iter().map(|chart| chart.resources.len()).sum();
    let left_out = charts.notes.iter().filter(|note| matches!(note.about, About::Repeated | About::OutcomeLeftOut));
    let left_out: u32 = left_out.map(|note| note.times).sum();
    file.entry.len() == held + charts.supporting.len() + left_out as usize
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_bundle_cut_anywhere_gives_nothing(share in 0.0..1.0_f64) {
        let file = bundle(&sample::whole_chart(2));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
        let at = (file.len() as f64 * share) as usize;
        prop_assert!(read_bytes(&file[..at]).is_err());
    }

    #[test]
    fn a_changed_bundle_is_refused_or_read_whole(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut file = bundle(&sample::whole_chart(2));
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(charts) = read_bytes(&file) {
            prop_assert!(is_whole(&file, &charts));
        }
    }

    #[test]
    fn a_value_swapped_for_another_is_refused_or_read_whole(at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        const OTHERS: [&str; 8] = ["null", "[]", "{}", "0", "\"\"", "true", "[null]", "1e999"];
        let text = String::from_utf8(bundle(&sample::whole_chart(1))).expect("UTF-8");
        let places: Vec<_> = text.match_indices("\":\"").collect();
        let start = places[at.index(places.len())].0 + 2;
        let end = start + 1 + text[start + 1..].find('"').expect("an end") + 1;
        let file = format!("{}{}{}", &text[..start], OTHERS[other.index(OTHERS.len())], &text[end..]);
        if let Ok(charts) = read_bytes(file.as_bytes()) {
            prop_assert!(is_whole(file.as_bytes(), &charts));
        }
    }

    #[test]
    fn no_bytes_break_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read_bytes(&bytes).is_err());
    }

    #[test]
    fn the_order_of_entries_makes_no_difference(mut shuffled in Just(sample::whole_chart(3)).prop_shuffle()) {
        let mut other = patient();
        other["id"] = json!("ben");
        let mut in_order = sample::whole_chart(3);
        in_order.push(other.clone());
        shuffled.insert(0, other);
        let (first, second) = (read(&in_order), read(&shuffled));
        prop_assert!(first.is_ok());
        prop_assert_eq!(first, second);
    }
}

#[test]
fn reading_twice_gives_the_same() {
    let file = bundle(&sample::whole_chart(5));
    let first = read_bytes(&file).expect("it reads");
    assert_eq!(first.charts[0].documents.len(), 5 * 5 + 1);
    assert_eq!(read_bytes(&file).expect("it reads"), first);
    assert!(is_whole(&file, &first));
}

#[test]
fn deep_nesting_is_refused_and_does_not_overflow() {
    for (open, close) in [("[", "]"), ("{\"item\":[", "]}"), ("{\"section\":[", "]}")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let file = format!(
            r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"resource":{{"resourceType":"Composition","id":"c","section":{deep}}}}}]}}"#
        );
        assert_eq!(read_bytes(file.as_bytes()).expect_err("refused").reason, Reason::TooDeep);
    }
}

#[test]
fn whole_synthetic_patients_read_and_every_resource_is_kept() {
    let Some(files) = test_data("synthea", "json") else { return };
    assert!(files.len() >= 15, "{} bundles", files.len());
    for (name, file) in files {
        let charts = read_bytes(&file).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
        assert!(is_whole(&file, &charts), "{name}");
        let chart = &charts.charts[0];
        let notes = chart.resources.iter().filter(|resource| resource.kind == "DocumentReference").count();
        let written = chart.documents.iter().filter(|document| document.key.kind == "DocumentReference").count();
        assert_eq!(written, notes, "{name}: one document a note, none for the report that repeats it");
        let own_document = ["Encounter", "Patient", "Provenance", "Goal"];
        for resource in chart.resources.iter().filter(|resource| !own_document.contains(&resource.kind.as_str())) {
            let key = (resource.kind.clone(), resource.source_id.clone());
            assert!(chart.documents.iter().any(|document| document.made_of.contains(&key)), "{name}: {key:?}");
        }
    }
}

#[test]
fn single_resources_and_answers_without_their_patient_are_refused_with_a_place() {
    let Some(files) = test_data("fhir-examples", "json") else { return };
    for (name, file) in files {
        let refused = read_bytes(&file).expect_err(&name);
        assert!(refused.kind.is_some() && refused.source_id.is_some(), "{name}: {refused:?}");
    }
}

/// Real input of one kind; nothing, said aloud, where it is not there.
fn test_data(folder: &str, ext: &str) -> Option<Vec<(String, Vec<u8>)>> {
    crate::test_data::files(folder, &[ext])
}
