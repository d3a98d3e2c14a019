//! The contract of the log, on this backend.

use async_trait::async_trait;
use sqlx::Row as _;
use warmline_conversation::clock::Work;
use warmline_conversation::queue::Waiting;
use warmline_protocol::view::Reads;
use warmline_protocol::{AgentId, AuthorKind, ClientId, ConversationId, Event, OfferId, Phase, Timestamp};

use super::SqliteStore;
use super::erase::Erase;
use super::rows::{self, stored};
use crate::{Append, AppendError, Appended, ConversationStore, Entries, Filter, LogEntry, Receipt, Result, Row, Stored, TokenHash, Unread};

#[async_trait]
impl ConversationStore for SqliteStore {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.write(append).await
    }

    async fn load(&self, conversation: &ConversationId) -> Result<Option<Stored>> {
        let statement = sqlx::query("SELECT merchant, state_version, state FROM conversations WHERE id = ?1");
        let row = statement.bind(conversation.as_str()).fetch_optional(&self.readers).await?;
        row.map(|row| Ok(Stored { merchant: row.try_get("merchant")?, state: rows::state(&row)? })).transpose()
    }

    async fn receipt(&self, conversation: &ConversationId, client_id: &ClientId) -> Result<Option<Receipt>> {
        let statement = sqlx::query("SELECT client_id, fingerprint, answer FROM receipts WHERE conversation = ?1 AND client_id = ?2");
        let row = statement.bind(conversation.as_str()).bind(client_id.as_str()).fetch_optional(&self.readers).await?;
        row.as_ref().map(rows::receipt).transpose()
    }

    async fn opening(&self, merchant: &str, client_id: &ClientId) -> Result<Option<(ConversationId, Receipt)>> {
        let statement = sqlx::query(
            "SELECT r.conversation, r.client_id, r.fingerprint, r.answer
             FROM openings o JOIN receipts r ON r.conversation = o.conversation AND r.client_id = o.client_id
             WHERE o.merchant = ?1 AND o.client_id = ?2",
        );
        let row = statement.bind(merchant).bind(client_id.as_str()).fetch_optional(&self.readers).await?;
        row.map(|row| Ok((rows::conversation(&row, "conversation")?, rows::receipt(&row)?))).transpose()
    }

    async fn events(&self, conversation: &ConversationId, after: u64, limit: u32) -> Result<Vec<Event>> {
        self.read_events(conversation, after, limit).await
    }

    async fn entries(&self, conversation: &ConversationId, before: u64, limit: u32, inside: bool) -> Result<Entries> {
        self.read_entries(conversation, before, limit, inside).await
    }

    async fn add_token(&self, conversation: &ConversationId, token: TokenHash, now: Timestamp) -> Result<()> {
        let statement = sqlx::query("INSERT INTO tokens (hash, conversation, made_at) VALUES (?1, ?2, ?3)");
        self.execute(statement.bind(token.to_vec()).bind(conversation.0.clone()).bind(now.0)).await?;
        Ok(())
    }

    async fn conversation_of(&self, token: TokenHash) -> Result<Option<ConversationId>> {
        let statement = sqlx::query_scalar("SELECT conversation FROM tokens WHERE hash = ?1");
        let id: Option<String> = statement.bind(&token[..]).fetch_optional(&self.readers).await?;
        Ok(id.map(ConversationId))
    }

    async fn revoke_tokens(&self, conversation: &ConversationId) -> Result<()> {
        self.execute(sqlx::query("DELETE FROM tokens WHERE conversation = ?1").bind(conversation.0.clone())).await?;
        Ok(())
    }

    async fn mark_read(&self, conversation: &ConversationId, reader: AuthorKind, seq: u64) -> Result<bool> {
        let reads = match reader {
            AuthorKind::Shopper | AuthorKind::Agent => seq > 0,
            AuthorKind::Assistant | AuthorKind::System => false,
        };
        if !reads {
            return Ok(false);
        }
        let statement = sqlx::query(
            "INSERT INTO reads (conversation, reader, seq) SELECT id, ?2, ?3 FROM conversations WHERE id = ?1
             ON CONFLICT (conversation, reader) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > seq
             RETURNING true",
        );
        let moved = self.execute(statement.bind(conversation.0.clone()).bind(reader.word()).bind(stored(seq))).await?;
        Ok(!moved.is_empty())
    }

    async fn reads(&self, conversation: &ConversationId) -> Result<Reads> {
        let statement = sqlx::query("SELECT reader, seq FROM reads WHERE conversation = ?1");
        let mut reads = Reads { shopper: 0, agent: 0 };
        for row in statement.bind(conversation.as_str()).fetch_all(&self.readers).await? {
            let seq = rows::count(&row, "seq")?;
            match AuthorKind::from_word(row.try_get("reader")?) {
                Some(AuthorKind::Shopper) => reads.shopper = seq,
                Some(AuthorKind::Agent) => reads.agent = seq,
                Some(AuthorKind::Assistant | AuthorKind::System) | None => {}
            }
        }
        Ok(reads)
    }

    async fn unread(&self, conversation: &ConversationId) -> Result<Unread> {
        let statement = sqlx::query(
            "SELECT count(*) AS unread FROM events
             WHERE conversation = ?1 AND type = 'message.posted' AND author_kind <> ?2
               AND seq > coalesce((SELECT seq FROM reads WHERE conversation = ?1 AND reader = ?2), 0)",
        );
        let row = statement.bind(conversation.as_str()).bind(AuthorKind::Shopper.word()).fetch_one(&self.readers).await?;
        Ok(Unread { count: rows::count(&row, "unread")? })
    }

    async fn claim(&self, work: Work, now: Timestamp, process: &str, lease_s: i64, limit: u32) -> Result<Vec<ConversationId>> {
        self.claim_work(work, now, process, lease_s, limit).await
    }

    async fn renew(&self, work: Work, conversation: &ConversationId, process: &str, until: Timestamp) -> Result<bool> {
        self.renew_claim(work, conversation, process, until).await
    }

    async fn release(&self, work: Work, conversation: &ConversationId, process: &str, at: Timestamp) -> Result<()> {
        self.release_claim(work, conversation, process, at).await
    }

    async fn release_all(&self, process: &str) -> Result<()> {
        self.release_claims(process).await
    }

    async fn next_due(&self) -> Result<Option<Timestamp>> {
        self.read_next_due().await
    }

    async fn waiting(&self, merchant: &str, limit: u32) -> Result<Vec<(Waiting, bool)>> {
        self.read_waiting(merchant, limit).await
    }

    async fn line(&self, merchant: &str, conversation: Option<&ConversationId>) -> Result<(u64, u64)> {
        self.read_line(merchant, conversation).await
    }

    async fn waits(&self, merchant: &str, limit: u32) -> Result<Vec<u32>> {
        self.read_waits(merchant, limit).await
    }

    async fn load_of(&self, agent: &AgentId) -> Result<u64> {
        self.read_load_of(agent).await
    }

    async fn loads(&self) -> Result<Vec<(AgentId, u64)>> {
        self.read_loads().await
    }

    async fn conversation_of_offer(&self, offer: &OfferId) -> Result<Option<ConversationId>> {
        self.read_conversation_of_offer(offer).await
    }

    async fn list(&self, filter: Filter) -> Result<Vec<Row>> {
        self.read_list(&filter).await
    }

    async fn phases(&self, merchant: &str, since: Timestamp) -> Result<Vec<(Phase, u64)>> {
        self.read_phases(merchant, since).await
    }

    async fn log(&self, after: u64, limit: u32) -> Result<Vec<LogEntry>> {
        self.read_log(after, limit).await
    }

    async fn log_between(&self, merchant: &str, from: Timestamp, to: Timestamp, after: u64, limit: u32) -> Result<Vec<LogEntry>> {
        self.read_log_between(merchant, from, to, after, limit).await
    }

    async fn position(&self) -> Result<u64> {
        self.read_position().await
    }

    async fn erase(&self, conversation: &ConversationId, now: Timestamp) -> Result<()> {
        self.write(Erase { conversation: conversation.clone(), now }).await
    }

    async fn healthy(&self) -> Result<()> {
        self.execute(sqlx::query("UPDATE pulse SET beats = beats + 1")).await?;
        self.read_position().await?;
        Ok(())
    }
}
