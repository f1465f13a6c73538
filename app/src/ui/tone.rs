//! What a colour stands for. A tone never stands alone: words beside it say the same.

/// Amber is kept for what we need from people and red for errors and lateness.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Information,
    ActionNeeded,
    Done,
    Late,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::ActionNeeded => "action-needed",
            Self::Done => "done",
            Self::Late => "late",
        }
    }
}
