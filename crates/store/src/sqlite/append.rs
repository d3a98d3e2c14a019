//! Appends: what a command was decided to be, its conversation's row, its receipt, its token, what is owed, and the read models.

use sqlx::{Row as _, SqliteConnection};
use warmline_conversation::State;
use warmline_protocol::{Body, Event, Phase};

use super::batch::Batch;
use super::rows::{self, stored};
use super::search;
use super::waits;
use super::writer::Write;
use crate::{Append, AppendError, Appended, Receipt, Result};

/// The longest text of a last message in a list, in characters.
const SNIPPET: usize = 160;

impl From<sqlx::Error> for AppendError {
    fn from(error: sqlx::Error) -> Self {
        AppendError::Store(error.into())
    }
}

impl Write for Append {
    type Output = Appended;
    type Error = AppendError;

    async fn run(&mut self, connection: &mut SqliteConnection) -> Result<Appended, AppendError> {
        let opening = self.check(connection).await?;
        let mut batch = Batch::new();
        if opening || !self.events.is_empty() {
            self.put_conversation(&mut batch)?;
        }
        for event in &self.events {
            self.put_event(event, &mut batch)?;
            waits::put(self, event, &mut batch);
        }
        self.put_owed(&mut batch)?;
        if let Some(receipt) = &self.receipt {
            self.put_receipt(receipt, opening, &mut batch);
        }
        if let Some(token) = &self.token {
            batch.add("INSERT INTO tokens (hash, conversation, made_at) VALUES (?, ?, ?)");
            batch.bind(&token[..]).bind(self.conversation.as_str()).bind(self.now.0);
        }
        batch.add("SELECT coalesce(max(position), 0) AS position FROM events");
        let rows = batch.run(connection).await?;
        let row = rows.first().ok_or_else(|| rows::unreadable("position", "none came back"))?;
        Ok(Appended { position: rows::count(row, "position")? })
    }
}

impl Append {
    /// Whether it begins the conversation; or why it cannot be appended. A resend is recognised before anything else: to it, that the
    /// conversation went on is no conflict.
    async fn check(&self, connection: &mut SqliteConnection) -> Result<bool, AppendError> {
        let statement = sqlx::query(
            "SELECT (SELECT seq FROM conversations WHERE id = ?1) AS seq,
                    EXISTS (SELECT 1 FROM conversations WHERE case_code = ?2 AND id <> ?1) AS taken,
                    client_id, fingerprint, answer
             FROM (SELECT 1) LEFT JOIN (
                 SELECT client_id, fingerprint, answer FROM receipts WHERE conversation = ?1 AND client_id = ?3
                 UNION ALL
                 SELECT r.client_id, r.fingerprint, r.answer
                 FROM openings o JOIN receipts r ON r.conversation = o.conversation AND r.client_id = o.client_id
                 WHERE ?4 AND o.merchant = ?5 AND o.client_id = ?3
                 LIMIT 1
             )",
        );
        let row = statement
            .bind(self.conversation.as_str())
            .bind(self.state.view.case.as_ref().map(|case| case.code.as_str()))
            .bind(self.receipt.as_ref().map(|receipt| receipt.client_id.as_str()))
            .bind(self.expected_seq == 0)
            .bind(&self.merchant)
            .fetch_one(connection)
            .await?;
        if row.try_get::<Option<&str>, _>("client_id")?.is_some() {
            return Err(AppendError::Known(rows::receipt(&row)?));
        }
        let seq: Option<i64> = row.try_get("seq")?;
        if seq.unwrap_or(0) != stored(self.expected_seq) {
            return Err(AppendError::Conflict);
        }
        if row.try_get("taken")? {
            return Err(AppendError::CodeTaken);
        }
        Ok(seq.is_none())
    }

    fn put_conversation(&self, batch: &mut Batch) -> Result<()> {
        let snippet = self.events.iter().rev().find_map(|event| {
            let Body::MessagePosted(posted) = &event.body else { return None };
            Some(posted.text.chars().take(SNIPPET).collect::<String>())
        });
        let state = &self.state;
        batch
            .add(
                "INSERT INTO conversations (id, merchant, seq, phase, owner, offered_to, sub, case_code, promise_broken, priority,
                                            waiting_since, snippet, updated_at, state_version, state)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, ''), ?, ?, ?)
                 ON CONFLICT (id) DO UPDATE SET
                     seq = excluded.seq, phase = excluded.phase, owner = excluded.owner, offered_to = excluded.offered_to,
                     sub = excluded.sub, case_code = excluded.case_code, promise_broken = excluded.promise_broken,
                     priority = excluded.priority, waiting_since = excluded.waiting_since, snippet = coalesce(?, snippet),
                     updated_at = excluded.updated_at, erased_at = NULL, state_version = excluded.state_version,
                     state = excluded.state",
            )
            .bind(self.conversation.as_str())
            .bind(&self.merchant)
            .bind(stored(state.seq))
            .bind(state.view.phase.word())
            .bind(state.owner.as_ref().map(|agent| agent.as_str()))
            .bind(state.offer.as_ref().map(|offer| offer.agent.as_str()))
            .bind(state.shopper.as_ref().map(|shopper| shopper.sub.as_str()))
            .bind(state.view.case.as_ref().map(|case| case.code.as_str()))
            .bind(state.promise_broken)
            .bind(state.priority)
            .bind(in_line_since(state))
            .bind(snippet.as_deref())
            .bind(self.now.0)
            .bind(rows::STATE_VERSION)
            .bind(rows::json("state", state)?)
            .bind(snippet.as_deref());
        Ok(())
    }

    /// The event, and the words by which it is found; their row has its position for a number.
    fn put_event(&self, event: &Event, batch: &mut Batch) -> Result<()> {
        batch
            .add(
                "INSERT INTO events (conversation, merchant, seq, prev, at, type, author_kind, author_name, version, body)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(self.conversation.as_str())
            .bind(&self.merchant)
            .bind(stored(event.seq))
            .bind(stored(event.prev))
            .bind(event.at.0)
            .bind(event.body.type_name())
            .bind(event.author.kind.word())
            .bind(event.author.name.as_deref())
            .bind(rows::BODY_VERSION)
            .bind(rows::json("event", &event.body)?);
        if let Some(words) = search::words_of(&event.body) {
            batch.add("INSERT INTO words (rowid, text, conversation) VALUES (last_insert_rowid(), ?, ?)");
            batch.bind(words).bind(self.conversation.as_str());
        }
        Ok(())
    }

    /// Replaces what is owed; who is at work that stays as it was keeps their claim.
    fn put_owed(&self, batch: &mut Batch) -> Result<()> {
        let owed: Vec<(&str, i64)> = self.owed.iter().map(|(work, at)| (work.name(), at.0)).collect();
        let owed = rows::json("work", &owed)?;
        let conversation = self.conversation.as_str();
        batch
            .add("DELETE FROM work WHERE conversation = ? AND kind NOT IN (SELECT value ->> 0 FROM json_each(?))")
            .bind(conversation)
            .bind(&owed)
            .add(
                "INSERT INTO work (conversation, kind, due_at) SELECT ?, value ->> 0, value ->> 1 FROM json_each(?) WHERE true
                 ON CONFLICT (conversation, kind) DO UPDATE SET due_at = excluded.due_at, claimed_by = NULL, claimed_until = NULL
                 WHERE due_at <> excluded.due_at",
            )
            .bind(conversation)
            .bind(&owed);
        Ok(())
    }

    fn put_receipt(&self, receipt: &Receipt, opening: bool, batch: &mut Batch) {
        let (conversation, client_id) = (self.conversation.as_str(), receipt.client_id.as_str());
        batch
            .add("INSERT INTO receipts (conversation, client_id, fingerprint, answer) VALUES (?, ?, ?, ?)")
            .bind(conversation)
            .bind(client_id)
            .bind(&receipt.fingerprint[..])
            .bind(&receipt.answer);
        if opening {
            batch
                .add("INSERT INTO openings (merchant, client_id, conversation) VALUES (?, ?, ?)")
                .bind(&self.merchant)
                .bind(client_id)
                .bind(conversation);
        }
    }
}

/// Since when it stands in line, if it does.
fn in_line_since(state: &State) -> Option<i64> {
    (state.view.phase == Phase::Queued).then(|| state.waiting_since.unwrap_or(state.active_at).0)
}
