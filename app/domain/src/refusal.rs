//! Why something was not done: a closed set of codes. What each says to a person stands in [`crate::words`].
//! No refusal says that something exists which the person may not see: that is always [`Refusal::NotFound`].

use std::fmt;

use crate::code::coded;

coded! {
    /// Refusals say what is so. Each guard has its own.
    pub enum Refusal {
        /// There is no such thing for this person, whether or not there is one.
        NotFound = "not_found",
        /// None of this person's roles does this.
        NotAllowed = "not_allowed",
        SignInAgain = "sign_in_again",
        StrongerSignInNeeded = "stronger_sign_in_needed",
        /// What one person may begin, or send without an end, within a day.
        TooMuchToday = "too_much_today",
        /// Somebody else changed it in between. What was typed is kept.
        MovedOn = "moved_on",
        /// The trail's verification is under way, and one at a time is enough.
        BeingVerified = "being_verified",
        /// The request was made by the person who would now work or check it.
        OwnRequest = "own_request",

        /// Something that must be answered before sending is not.
        Incomplete = "incomplete",
        /// No e-mail and no postal address: nothing could be sent.
        NoAddress = "no_address",
        /// The name signed is not the name of the one who asks.
        SignatureDiffers = "signature_differs",
        /// The text that was signed is not the one in use.
        StatementChanged = "statement_changed",
        AlreadySent = "already_sent",
        NotSent = "not_sent",
        RequestClosed = "request_closed",
        /// A receipt date after now.
        ReceivedInFuture = "received_in_future",
        /// Received more than one business day before it was entered, and no reason given.
        LateEntryReasonNeeded = "late_entry_reason_needed",
        /// A paper request without its scanned form.
        FormMissing = "form_missing",

        /// Another clerk has it.
        NotYours = "not_yours",
        NotClaimed = "not_claimed",
        ReasonNeeded = "reason_needed",
        /// The person it was to be given to is no clerk here.
        NotAClerk = "not_a_clerk",

        TooFewIdentifiers = "too_few_identifiers",
        AlreadyVerified = "already_verified",
        /// A photo is compared that nobody sent.
        NoPicture = "no_picture",
        EnoughPictures = "enough_pictures",
        IdentityNotVerified = "identity_not_verified",
        AlreadyMatched = "already_matched",
        NoMatch = "no_match",
        /// Fewer than two things about the request and the chart agree.
        TooLittleAgrees = "too_little_agrees",

        AlreadyDecided = "already_decided",
        NotDecided = "not_decided",
        NotLocated = "not_located",
        NothingLocated = "nothing_located",
        /// The chart has documents for a part that is, or is to be, called not found or held elsewhere.
        RecordsFound = "records_found",
        /// What is left out, or put back, is not among the documents of the matched chart.
        NotInChart = "not_in_chart",
        /// "Everything" is decided by its categories, not in one go.
        NotExpanded = "not_expanded",
        UndecidedItems = "undecided_items",

        QuestionOpen = "question_open",
        QuestionClosed = "question_closed",
        TooFewWays = "too_few_ways",
        /// The requester cannot sign in, and a way to answer needs that.
        WayNeedsAccount = "way_needs_account",

        /// A package is being built, waits for its check, or is released.
        PackageUnderWay = "package_under_way",
        /// An approved part has no document, or there is nothing to put in.
        EmptyPackage = "empty_package",
        /// A document of a part that is not approved.
        DocumentNotApproved = "document_not_approved",
        DocumentTwice = "document_twice",
        PackageNotBuilding = "package_not_building",
        PackageNotBuilt = "package_not_built",
        PackageNotChecking = "package_not_checking",
        NoSuchPage = "no_such_page",
        NoSuchFinding = "no_such_finding",
        NotBuilder = "not_builder",
        /// A page check is neither confirmed nor overridden with a reason.
        PageCheckOpen = "page_check_open",
        /// Who built it, or overrode a page check, cannot be who checks it.
        SamePerson = "same_person",
        UnseenPages = "unseen_pages",
        /// A file beside the copy that the checker has not opened.
        UnseenFiles = "unseen_files",
        /// What is in the package is not of the matched chart.
        AnotherChart = "another_chart",
        /// A decision was reopened after the package was built, or the source took a document of it back.
        DecisionsChanged = "decisions_changed",
        /// An import brought what the package's letter calls not found or held elsewhere.
        RecordsCame = "records_came",

        NotReleased = "not_released",
        /// It leaves by another way than this.
        AnotherDelivery = "another_delivery",
        /// A copy that is picked up is printed first.
        NotPrinted = "not_printed",
        AlreadyCollected = "already_collected",
        NotDelivered = "not_delivered",
        TooSoonToClose = "too_soon_to_close",
        NotWithdrawable = "not_withdrawable",
        NotWithdrawn = "not_withdrawn",
        UndoOver = "undo_over",
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused: {}", self.code())
    }
}

impl std::error::Error for Refusal {}
