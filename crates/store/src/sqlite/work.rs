//! Work that is due: claimed by one process for a while, lengthened, given back.

use sqlx::Row as _;
use warmline_conversation::clock::Work;
use warmline_protocol::{ConversationId, Timestamp};

use super::SqliteStore;
use super::rows;
use crate::Result;

impl SqliteStore {
    pub(super) async fn claim_work(
        &self,
        work: Work,
        now: Timestamp,
        process: &str,
        lease_s: i64,
        limit: u32,
    ) -> Result<Vec<ConversationId>> {
        // Most looks find nothing: a look is a read, and only a find is written (and synced).
        let due = sqlx::query_scalar::<_, i64>(
            "SELECT EXISTS (SELECT 1 FROM work WHERE kind = ?1 AND due_at <= ?2 AND (claimed_until IS NULL OR claimed_until <= ?2))",
        );
        if due.bind(work.name()).bind(now.0).fetch_one(&self.readers).await? == 0 {
            return Ok(Vec::new());
        }
        let statement = sqlx::query(
            "UPDATE work SET claimed_by = ?3, claimed_until = ?4
             WHERE kind = ?1 AND conversation IN (
                 SELECT conversation FROM work
                 WHERE kind = ?1 AND due_at <= ?2 AND (claimed_until IS NULL OR claimed_until <= ?2)
                 ORDER BY due_at LIMIT ?5
             )
             RETURNING conversation, due_at",
        );
        let until = now.plus_seconds(lease_s);
        let rows = self.execute(statement.bind(work.name()).bind(now.0).bind(process.to_owned()).bind(until.0).bind(limit)).await?;
        // What is returned comes in no order of its own.
        let mut claimed = Vec::with_capacity(rows.len());
        for row in &rows {
            claimed.push((row.try_get::<i64, _>("due_at")?, rows::conversation(row, "conversation")?));
        }
        claimed.sort();
        Ok(claimed.into_iter().map(|(_, conversation)| conversation).collect())
    }

    pub(super) async fn renew_claim(&self, work: Work, conversation: &ConversationId, process: &str, until: Timestamp) -> Result<bool> {
        let statement =
            sqlx::query("UPDATE work SET claimed_until = ?4 WHERE conversation = ?1 AND kind = ?2 AND claimed_by = ?3 RETURNING true");
        let statement = statement.bind(conversation.0.clone()).bind(work.name()).bind(process.to_owned()).bind(until.0);
        Ok(!self.execute(statement).await?.is_empty())
    }

    pub(super) async fn release_claim(&self, work: Work, conversation: &ConversationId, process: &str, at: Timestamp) -> Result<()> {
        let statement = sqlx::query(
            "UPDATE work SET due_at = ?3, claimed_by = NULL, claimed_until = NULL
             WHERE conversation = ?1 AND kind = ?2 AND claimed_by = ?4",
        );
        let statement = statement.bind(conversation.0.clone()).bind(work.name()).bind(at.0).bind(process.to_owned());
        self.execute(statement).await?;
        Ok(())
    }

    pub(super) async fn release_claims(&self, process: &str) -> Result<()> {
        let statement =
            sqlx::query("UPDATE work SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = ?1 AND claimed_until IS NOT NULL");
        self.execute(statement.bind(process.to_owned())).await?;
        Ok(())
    }

    /// A claim that is not lengthened ends: then its work is due again, so that counts as well.
    pub(super) async fn read_next_due(&self) -> Result<Option<Timestamp>> {
        let statement = sqlx::query_scalar(
            "SELECT min(at) FROM (
                 SELECT min(due_at) AS at FROM work WHERE claimed_until IS NULL
                 UNION ALL
                 SELECT min(max(due_at, claimed_until)) FROM work WHERE claimed_until IS NOT NULL
             )",
        );
        let at: Option<i64> = statement.fetch_one(&self.readers).await?;
        Ok(at.map(Timestamp))
    }
}
