//! Words of the patient's side: ask, follow, answer, withdraw, open the copy.

mod copy;
mod english;
mod kinds;
mod spanish;

pub use self::{
    copy::{Contents, Copy},
    kinds::kind_hint,
};
pub(super) use self::{english::ENGLISH, spanish::SPANISH};

#[derive(Debug)]
pub struct Requests {
    /// The place as the header names it.
    pub place: &'static str,
    pub list: List,
    pub start: Start,
    pub ask: Ask,
    pub check: Check,
    pub sent: Sent,
    pub one: One,
    pub copy: Copy,
    pub mend: Mend,
}

#[derive(Debug)]
pub struct List {
    pub start: &'static str,
    pub none_heading: &'static str,
    pub none_text: &'static str,
    pub drafts: &'static str,
    /// Where, and when it was last saved.
    pub saved: fn(&str, &str, &str) -> String,
    pub go_on: &'static str,
    pub open: &'static str,
    pub closed: &'static str,
    pub number: &'static str,
    pub at: &'static str,
    pub received: &'static str,
    pub due: &'static str,
    pub status: &'static str,
}

#[derive(Debug)]
pub struct Start {
    pub title: &'static str,
    pub who_heading: &'static str,
    pub who: &'static str,
    pub need_heading: &'static str,
    pub need: [&'static str; 3],
    pub long_heading: &'static str,
    pub long: &'static str,
    pub cost: &'static str,
    /// Within how many days the law wants an answer.
    pub days: fn(u16) -> String,
    pub facility: &'static str,
    pub button: &'static str,
}

#[derive(Debug)]
pub struct Ask {
    pub caption: &'static str,
    pub go_on: &'static str,
    pub later: &'static str,
    pub name: &'static str,
    pub name_label: &'static str,
    pub name_hint: &'static str,
    pub former: &'static str,
    pub former_hint: &'static str,
    pub birth: &'static str,
    pub why: &'static str,
    pub why_text: &'static str,
    pub contact: &'static str,
    pub contact_text: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
    pub phone_hint: &'static str,
    pub postal: &'static str,
    pub line1: &'static str,
    pub line2: &'static str,
    pub city: &'static str,
    pub state: &'static str,
    pub zip: &'static str,
    pub records: &'static str,
    pub everything_hint: &'static str,
    pub chosen_hint: &'static str,
    pub kinds: &'static str,
    pub kinds_hint: &'static str,
    pub dates: &'static str,
    pub all_dates: &'static str,
    pub all_dates_hint: &'static str,
    pub last_12_months: &'static str,
    pub since: &'static str,
    pub since_hint: &'static str,
    pub between: &'static str,
    pub between_hint: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub delivery: &'static str,
    pub portal_hint: &'static str,
    pub pick_up_hint: &'static str,
    pub help: &'static str,
    pub help_hint: &'static str,
}

#[derive(Debug)]
pub struct Check {
    pub title: &'static str,
    pub former: &'static str,
    pub help: &'static str,
    pub from: fn(&str) -> String,
    pub until: fn(&str) -> String,
    pub between: fn(&str, &str) -> String,
    pub missing: &'static str,
    pub missing_text: &'static str,
    pub duplicate: &'static str,
    /// The number of the request that is there, and when it was received.
    pub duplicate_text: fn(&str, &str) -> String,
    pub duplicate_link: &'static str,
    pub sign: &'static str,
    pub signed_name: &'static str,
    pub signed_name_hint: &'static str,
    pub send: &'static str,
    pub already_sent: &'static str,
    pub already_sent_text: &'static str,
    pub follow: &'static str,
}

#[derive(Debug)]
pub struct Sent {
    pub title: &'static str,
    pub number: &'static str,
    pub next: &'static str,
    pub picture_button: &'static str,
    pub told: &'static str,
    pub track: &'static str,
    pub keep: &'static str,
    pub answers: &'static str,
    pub signed: fn(&str, &str) -> String,
}

#[derive(Debug)]
pub struct One {
    pub since: fn(&str) -> String,
    pub question_heading: &'static str,
    pub ways: &'static str,
    pub write: &'static str,
    pub send_picture: &'static str,
    pub pictures: fn(u32) -> String,
    pub picture_heading: &'static str,
    pub picture_text: &'static str,
    pub undo_heading: &'static str,
    /// Until which time of day, with its article.
    pub undo_text: fn(&str) -> String,
    pub undo: &'static str,
    pub history: &'static str,
    pub asked: &'static str,
    pub help: &'static str,
    pub help_text: fn(&str) -> String,
    pub complain: fn(&str) -> String,
    pub withdraw: &'static str,
    pub draft_button: &'static str,
}

#[derive(Debug)]
pub struct Mend {
    pub answer_title: &'static str,
    pub answer: &'static str,
    pub answer_button: &'static str,
    pub picture_title: &'static str,
    pub picture: &'static str,
    pub picture_hint: &'static str,
    pub picture_which: &'static str,
    pub picture_button: &'static str,
    pub nothing_asked: &'static str,
    pub no_picture: &'static str,
    pub withdraw_title: &'static str,
    pub withdraw_text: &'static str,
    pub withdraw_undo: &'static str,
    pub withdraw_button: &'static str,
    pub withdraw_keep: &'static str,
    pub cannot_withdraw: &'static str,
}

#[cfg(test)]
mod tests {
    use domain::{language::Language, package::FileRole, words::time_in_sentence};

    use super::*;

    #[test]
    fn a_time_that_brings_its_own_period_ends_a_sentence_once() {
        for (words, language) in [(&ENGLISH, Language::English), (&SPANISH, Language::Spanish)] {
            let time = &time_in_sentence(jiff::civil::time(9, 5, 0, 0), language);
            for said in said_with_a_time(words, time) {
                assert!(said.contains('.') && !said.contains(".."), "{said}");
            }
        }
    }

    fn said_with_a_time(words: &Requests, time: &str) -> [String; 3] {
        [(words.list.saved)("Riverside", "25", time), (words.one.undo_text)(time), (words.copy.opened)("25", time)]
    }

    #[test]
    fn one_oclock_is_a_single_hour_in_spanish() {
        for (hour, times) in [
            (1, ["a la 1:05 a. m.", "hasta la 1:05 a. m."]),
            (2, ["a las 2:05 a. m.", "hasta las 2:05 a. m."]),
            (13, ["a la 1:05 p. m.", "hasta la 1:05 p. m."]),
            (14, ["a las 2:05 p. m.", "hasta las 2:05 p. m."]),
        ] {
            let time = time_in_sentence(jiff::civil::time(hour, 5, 0, 0), Language::Spanish);
            let [saved, undo, opened] = said_with_a_time(&SPANISH, &time);
            let [at, until] = times;
            assert!(saved.contains(at) && undo.contains(until) && opened.contains(at), "{saved} {undo} {opened}");
        }
    }

    #[test]
    fn whom_to_call_is_not_said_to_be_the_number_to_say() {
        let [english, spanish] = [&ENGLISH, &SPANISH].map(|words| (words.one.help_text)("(312) 555-0142"));
        assert_eq!(english, "Call us at (312) 555-0142. Say your request number.");
        assert_eq!(spanish, "Llámenos al (312) 555-0142. Diga su número de solicitud.");
    }

    #[test]
    fn a_letter_alone_is_called_a_letter_and_nothing_in_it_records() {
        for words in [&ENGLISH, &SPANISH] {
            let alone = words.copy.of(true);
            let Contents { heading, copy, letter, manifest, close_heading, close, close_otherwise } = alone;
            for said in [heading, copy, letter, manifest, close_heading, close, close_otherwise] {
                let said = said.to_lowercase();
                for not in ["record", "copy", "expediente", "copia"] {
                    assert!(!said.contains(not), "{said}");
                }
            }
            assert_eq!(words.copy.of(false).role(FileRole::Copy), Some(words.copy.records.copy));
            assert_eq!(words.copy.of(true).role(FileRole::Copy), Some(alone.copy));
        }
    }
}
