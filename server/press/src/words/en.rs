//! English.

use domain::{
    document::Standing,
    language::Language,
    words::{care, category},
};

use super::{LetterWords, ManifestWords, RecordWords, Words};
use crate::merge::Reason;

pub(super) const WORDS: Words = Words {
    letter: LetterWords {
        title: "Your medical records",
        request: "Request number",
        date: "Date",
        patient: "Patient",
        born: "Date of birth",
        record_number: "Record number",
        phone: "Phone",
        email: "Email",
        opening: "You asked us for a copy of medical records. This letter says what is in the copy, what is not in it and why, and what you can do next.",
        opening_all: "You asked us for a copy of medical records. This letter says what is in the copy and what you can do next.",
        opening_nothing: "You asked us for a copy of medical records. We have nothing that we can give you. This letter says why, and what you can do next.",
        included: "What is in this copy",
        count: |count| if count == 1 { "1 document".to_owned() } else { format!("{count} documents") },
        not_included: "What is not in this copy, and why",
        not_found: "We looked for this and did not find it.",
        searched: "Where we looked:",
        held_elsewhere: "We do not keep this. Someone else does.",
        ask_there: "You can ask here:",
        withheld: "We are not giving you this part. The reason:",
        review: "You can ask for this decision to be reviewed by a licensed health care professional who had no part in it. Write to us or call us, and give your request number.",
        no_review: "The law does not give a right to a review of this decision. You can still complain, as explained below.",
        rest: "If something is missing",
        rest_how: |phone| {
            format!(
                "If you expected something that is not here, call us at {phone} and give your request number. You can also make a new request at any time."
            )
        },
        correct: "If something in your record is wrong",
        correct_how: |phone| {
            format!(
                "You have the right to ask us to correct your record. Write to us at the address above, or call {phone} and we will send you the form. Say what is wrong and why. We will answer within 60 days."
            )
        },
        complain: "If you want to complain",
        complain_us: |contact, phone| format!("You can complain to us: {contact}, phone {phone}."),
        complain_hhs: "You can also complain to the U.S. Department of Health and Human Services, Office for Civil Rights: www.hhs.gov/ocr/complaints, phone 1-800-368-1019 (TDD 1-800-537-7697), or by mail to 200 Independence Avenue SW, Room 509F HHH Building, Washington, DC 20201.",
        complain_safe: "Nobody may treat you worse because you complained.",
    },
    manifest: ManifestWords {
        title: "List of documents",
        opening: "Every document of this package, where it stands in the copy, and a code (SHA-256) of the file as we keep it, by which we can tell whether it was changed. A document that could not become part of the copy is a file of its own.",
        number: "No.",
        document: "Document",
        dated: "Date",
        category: "Kind",
        pages: "Pages",
        digest: "SHA-256",
        to: "to",
        beside: "Separate file:",
        undated: "No date",
        removed: "Left out of the copy because it is not part of a page:",
        removed_scripts: "programs or commands",
        removed_attachments: "attached files",
        removed_media: "sound, video or 3D",
        removed_signatures: "digital signatures (their look is kept)",
        missing_pages: "The file is damaged: it says that it has more pages than can be read.",
    },
    record: RecordWords { untitled: "Record", source: "From", dated: "Date of the record", standing: "Status" },
    category: |kind| category(kind).patient.to(Language::English),
    beside,
    standing,
    care: |days| care(days, Language::English),
    page: "Page",
    of: "of",
    no_visit: "Other documents",
};

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Preliminary => "Preliminary: not yet final.",
        Standing::Amended => "Amended: changed after it was first finished.",
        Standing::Superseded => "Superseded: its source has a later one.",
        Standing::Cancelled => "Cancelled: it was called off before it was finished.",
    }
}

fn beside(reason: Reason) -> &'static str {
    match reason {
        Reason::Broken => "The file is damaged and cannot be read as pages.",
        Reason::Password => "The file opens only with a password.",
        Reason::NoPages => "The file has no pages.",
        Reason::TooManyPages => "The file has more pages than we can place in a copy.",
        Reason::TooLarge => "The file unpacks to more than we can place in a copy.",
        Reason::Portfolio => "The file is a folder of other files, not pages.",
        Reason::DynamicForm => "The form draws its pages only in one maker's program.",
        Reason::NotPages => "This kind of file has no pages.",
    }
}
