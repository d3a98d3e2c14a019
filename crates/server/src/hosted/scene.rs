//! What one rendering of the page shows: everything is known before the first element is made.

use warmline_protocol::view::{Page, Snapshot};
use warmline_protocol::{ClientId, Code, Phase, Timestamp, View};

use super::clock::Clock;
use super::words::{Language, Words};

/// Whether the page looks for news by itself.
///
/// Without script a page can only load anew as a whole, and that would eat what is being typed. So a page that refreshes has no text box,
/// but a link that looks like one and leads to a page with it, which does not refresh; sending leads back. Nothing typed is ever lost, and
/// who waits sees news without a tap. Who cannot use a page that moves stops it with one link, for as long as they like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Nothing is waited for: no refresh, the text box is there.
    Calm,
    /// Somebody is waited for: the page refreshes.
    Watching,
    /// The shopper writes while somebody is waited for.
    Writing,
    /// Somebody is waited for, and the shopper has stopped the refresh.
    Still,
}

/// What went otherwise than wished, or happened out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    /// A command was refused.
    Refused(Code),
    /// The conversation went on before the command came.
    Changed,
    /// This computer has forgotten the conversation.
    Forgotten,
}

impl Notice {
    /// The notice that an address asks for.
    pub(super) fn told(word: &str) -> Option<Self> {
        match word {
            "changed" => Some(Notice::Changed),
            "forgotten" => Some(Notice::Forgotten),
            _ => None,
        }
    }
}

/// A conversation as it is shown.
pub(super) struct Talk {
    /// State and newest messages, with the place in line as it is now.
    pub(super) snapshot: Snapshot,
    /// Older messages, shown in place of the newest.
    pub(super) older: Option<Page>,
    /// The assistant is about to answer.
    pub(super) owed: bool,
}

impl Talk {
    /// Its state.
    pub(super) fn view(&self) -> &View {
        &self.snapshot.state
    }
}

/// All that a rendering needs.
pub(super) struct Scene {
    /// The merchant's key.
    pub(super) key: String,
    /// The merchant's name.
    pub(super) shop: String,
    /// The languages that the merchant serves.
    pub(super) locales: Vec<String>,
    /// The language of this page, as the merchant names it.
    pub(super) locale: String,
    /// The language that the address asks for.
    pub(super) asked_locale: Option<String>,
    /// The language of the page's own words.
    pub(super) language: Language,
    /// Writes moments.
    pub(super) clock: Clock,
    /// The zone of its times.
    pub(super) zone: String,
    /// The first words.
    pub(super) greeting: String,
    /// What people really ask.
    pub(super) questions: Vec<String>,
    /// Whether somebody is on shift.
    pub(super) staffed: bool,
    /// When somebody is, when not and known.
    pub(super) next_staffed_at: Option<Timestamp>,
    /// The conversation; none before the first message.
    pub(super) talk: Option<Talk>,
    /// Whether it refreshes.
    pub(super) mode: Mode,
    /// What to say of the last command.
    pub(super) notice: Option<Notice>,
    /// A text that was not sent.
    pub(super) draft: String,
}

impl Scene {
    /// The words.
    pub(super) fn words(&self) -> &'static Words {
        self.language.words()
    }

    /// A text of this language, filled in.
    pub(super) fn fill(&self, text: &str, values: &[(&str, &str)]) -> String {
        self.language.fill(text, values)
    }

    /// The page's address, with what it must remember and `more`.
    pub(super) fn address(&self, more: &str) -> String {
        address(&self.key, self.asked_locale.as_deref(), self.mode == Mode::Still, more)
    }

    /// The agent's name, or that it is a person.
    pub(super) fn person(&self) -> &str {
        let agent = self.talk.as_ref().and_then(|talk| talk.view().agent.as_ref());
        agent.map_or(&self.words().author_a_person, |agent| &agent.name)
    }

    /// A fresh id for a form: the same form sent twice is one command.
    pub(super) fn fresh_id() -> ClientId {
        ClientId::from_random(rand::random())
    }
}

/// The page's address. `more` is a query without its mark, or empty.
pub(super) fn address(key: &str, locale: Option<&str>, still: bool, more: &str) -> String {
    let locale = locale.map(|locale| format!("lang={locale}"));
    let still = still.then(|| "still=1".to_owned());
    let more = (!more.is_empty()).then(|| more.to_owned());
    let query: Vec<String> = [locale, still, more].into_iter().flatten().collect();
    if query.is_empty() { format!("/talk/{key}") } else { format!("/talk/{key}?{}", query.join("&")) }
}

/// Whether news can come without the shopper's doing.
pub(super) fn waits(view: &View, owed: bool) -> bool {
    match view.phase {
        Phase::Queued | Phase::WithPerson | Phase::WaitingOnShopper => true,
        Phase::Assisted | Phase::LeftOpen | Phase::Resolved => owed,
    }
}
