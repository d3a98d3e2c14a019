//! The answers that are under way in this process. A tap for a person freezes one, so that what was shown and what is stored agree.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use warmline_conversation::command::Shown;
use warmline_protocol::{ConversationId, MessageId};

/// An answer under way.
#[derive(Debug)]
pub struct RunningTurn {
    /// The message that it will be.
    pub message_id: MessageId,
    /// The seq that it answers.
    pub answers: u64,
    /// Ends it.
    pub cancel: CancellationToken,
    so_far: Mutex<SoFar>,
    thawed: Notify,
}

#[derive(Debug, Default)]
struct SoFar {
    text: String,
    characters: u64,
    frozen: bool,
    stored: bool,
}

impl RunningTurn {
    /// One that has shown nothing.
    pub fn new(message_id: MessageId, answers: u64) -> Self {
        RunningTurn { message_id, answers, cancel: CancellationToken::new(), so_far: Mutex::default(), thawed: Notify::new() }
    }

    fn lock(&self) -> MutexGuard<'_, SoFar> {
        self.so_far.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds words and shows them (`show` gets the offset), all under one lock. Waits while it is frozen.
    pub async fn say(&self, words: &str, show: impl Fn(u64)) {
        loop {
            let thawed = self.thawed.notified();
            {
                let mut so_far = self.lock();
                if !so_far.frozen {
                    let offset = so_far.characters;
                    so_far.text.push_str(words);
                    so_far.characters += words.chars().count() as u64;
                    show(offset);
                    return;
                }
            }
            thawed.await;
        }
    }

    /// What it says so far.
    pub fn text(&self) -> String {
        self.lock().text.clone()
    }

    /// Nothing more is shown until it is thawed. Gives what was shown; nothing when it is stored already.
    fn freeze(&self) -> Option<Shown> {
        let mut so_far = self.lock();
        so_far.frozen = true;
        (!so_far.stored).then(|| Shown { message_id: self.message_id.clone(), text: so_far.text.clone(), answers: self.answers })
    }

    /// It goes on.
    fn thaw(&self) {
        self.lock().frozen = false;
        self.thawed.notify_waiters();
    }

    /// Its message is stored: there is nothing left to keep.
    pub fn stored(&self) {
        self.lock().stored = true;
    }
}

/// An answer that shows nothing more until this is dropped: also when whoever froze it is gone before the end.
#[derive(Debug)]
pub struct Frozen(Arc<RunningTurn>);

impl Drop for Frozen {
    fn drop(&mut self) {
        self.0.thaw();
    }
}

/// All that are under way.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<ConversationId, Arc<RunningTurn>>>);

impl Turns {
    fn lock(&self) -> MutexGuard<'_, HashMap<ConversationId, Arc<RunningTurn>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one of a conversation.
    pub fn of(&self, conversation: &ConversationId) -> Option<Arc<RunningTurn>> {
        self.lock().get(conversation).cloned()
    }

    /// Freezes the one of a conversation; gives what it has shown, too.
    pub fn freeze(&self, conversation: &ConversationId) -> Option<(Frozen, Option<Shown>)> {
        let turn = self.of(conversation)?;
        let shown = turn.freeze();
        Some((Frozen(turn), shown))
    }

    /// Begins one, unless another is under way.
    pub fn begin(&self, conversation: &ConversationId, turn: RunningTurn) -> Option<Arc<RunningTurn>> {
        let mut turns = self.lock();
        if turns.contains_key(conversation) {
            return None;
        }
        let turn = Arc::new(turn);
        turns.insert(conversation.clone(), turn.clone());
        Some(turn)
    }

    /// It is over.
    pub fn end(&self, conversation: &ConversationId) {
        self.lock().remove(conversation);
    }
}
