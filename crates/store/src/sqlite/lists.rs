//! What lists show: who waits, who has how much, which conversations there are.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite};
use warmline_conversation::State;
use warmline_conversation::queue::Waiting;
use warmline_protocol::{AgentId, ConversationId, OfferId, Phase, Timestamp};

use super::SqliteStore;
use super::{rows, search};
use crate::{Filter, Result, Row};

impl SqliteStore {
    pub(super) async fn read_waiting(&self, merchant: &str, limit: u32) -> Result<Vec<(Waiting, bool)>> {
        let statement = sqlx::query(
            "SELECT id, waiting_since, state_version, state FROM conversations
             WHERE merchant = ?1 AND waiting_since IS NOT NULL
             ORDER BY promise_broken DESC, priority DESC, waiting_since, number LIMIT ?2",
        );
        let rows = statement.bind(merchant).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(waiting).collect()
    }

    pub(super) async fn read_line(&self, merchant: &str, conversation: Option<&ConversationId>) -> Result<(u64, u64)> {
        let statement = sqlx::query(
            "SELECT count(*) AS waiting,
                    coalesce(sum((-promise_broken, -priority, waiting_since, number) < (
                        SELECT -promise_broken, -priority, waiting_since, number FROM conversations
                        WHERE id = ?2 AND merchant = ?1 AND waiting_since IS NOT NULL
                    )), count(*)) AS ahead
             FROM conversations WHERE merchant = ?1 AND waiting_since IS NOT NULL",
        );
        let row = statement.bind(merchant).bind(conversation.map(ConversationId::as_str)).fetch_one(&self.readers).await?;
        Ok((rows::count(&row, "waiting")?, rows::count(&row, "ahead")?))
    }

    pub(super) async fn read_waits(&self, merchant: &str, limit: u32) -> Result<Vec<u32>> {
        let statement = sqlx::query_scalar(
            "SELECT seconds FROM waits WHERE merchant = ?1 AND answered_at IS NOT NULL ORDER BY answered_at DESC, number DESC LIMIT ?2",
        );
        Ok(statement.bind(merchant).bind(limit).fetch_all(&self.readers).await?)
    }

    pub(super) async fn read_load_of(&self, agent: &AgentId) -> Result<u64> {
        let statement = sqlx::query("SELECT count(*) AS load FROM conversations WHERE owner = ?1 AND phase = ?2");
        let row = statement.bind(agent.as_str()).bind(Phase::WithPerson.word()).fetch_one(&self.readers).await?;
        rows::count(&row, "load")
    }

    pub(super) async fn read_loads(&self) -> Result<Vec<(AgentId, u64)>> {
        let statement = sqlx::query(
            "SELECT agent, count(*) AS load FROM (
                 SELECT owner AS agent FROM conversations WHERE owner IS NOT NULL AND phase = ?1
                 UNION ALL
                 SELECT offered_to FROM conversations WHERE offered_to IS NOT NULL
             ) GROUP BY agent ORDER BY agent",
        );
        let rows = statement.bind(Phase::WithPerson.word()).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((AgentId(row.try_get("agent")?), rows::count(row, "load")?))).collect()
    }

    pub(super) async fn read_conversation_of_offer(&self, offer: &OfferId) -> Result<Option<ConversationId>> {
        let statement = sqlx::query_scalar("SELECT conversation FROM events WHERE type = 'offer.made' AND body ->> 'offer_id' = ?1");
        let id: Option<String> = statement.bind(offer.as_str()).fetch_optional(&self.readers).await?;
        Ok(id.map(ConversationId))
    }

    pub(super) async fn read_list(&self, filter: &Filter) -> Result<Vec<Row>> {
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT id, merchant, snippet, updated_at, state_version, state FROM conversations WHERE erased_at IS NULL AND merchant ",
        );
        match filter.merchants.as_slice() {
            // Of one merchant the newest are read off the index; of several all must be sorted.
            [merchant] => query.push("= ").push_bind(merchant.as_str()),
            merchants => query.push("IN (SELECT value FROM json_each(").push_bind(rows::json("list of merchants", &merchants)?).push("))"),
        };
        if let Some(phase) = filter.phase {
            query.push(" AND phase = ").push_bind(phase.word());
        }
        if let Some(owner) = &filter.owner {
            query.push(" AND owner = ").push_bind(owner.as_str());
        }
        if let Some(sub) = &filter.sub {
            query.push(" AND sub = ").push_bind(sub.as_str());
        }
        if let Some(words) = filter.words.as_deref().filter(|words| !words.trim().is_empty()) {
            let terms = search::terms(words);
            if terms.is_empty() {
                return Ok(Vec::new());
            }
            // Each term in any message, name or code of the conversation: "Anna refund" finds Anna who wrote of a refund.
            for term in terms {
                query.push(" AND id IN (SELECT conversation FROM words WHERE words MATCH ").push_bind(term).push(")");
            }
        }
        // Who waits is listed as they are served; everything else as it last moved.
        query.push(match filter.phase {
            Some(Phase::Queued) => " ORDER BY promise_broken DESC, priority DESC, waiting_since, number LIMIT ",
            Some(Phase::Assisted | Phase::WithPerson | Phase::WaitingOnShopper | Phase::LeftOpen | Phase::Resolved) | None => {
                " ORDER BY updated_at DESC, number DESC LIMIT "
            }
        });
        query.push_bind(filter.limit);
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter().map(list_row).collect()
    }

    pub(super) async fn read_phases(&self, merchant: &str, since: Timestamp) -> Result<Vec<(Phase, u64)>> {
        let statement = sqlx::query(
            "SELECT phase, count(*) AS conversations FROM conversations
             WHERE merchant = ?1 AND updated_at >= ?2 AND erased_at IS NULL GROUP BY phase ORDER BY phase",
        );
        let rows = statement.bind(merchant).bind(since.0).fetch_all(&self.readers).await?;
        let phases = rows.iter().map(|row| {
            let word: &str = row.try_get("phase")?;
            let phase = Phase::from_word(word).ok_or_else(|| rows::unreadable("phase", word))?;
            Ok((phase, rows::count(row, "conversations")?))
        });
        phases.collect()
    }
}

fn list_row(row: &SqliteRow) -> Result<Row> {
    Ok(Row {
        conversation: rows::conversation(row, "id")?,
        merchant: row.try_get("merchant")?,
        state: rows::state(row)?,
        snippet: row.try_get("snippet")?,
        updated_at: Timestamp(row.try_get("updated_at")?),
    })
}

fn waiting(row: &SqliteRow) -> Result<(Waiting, bool)> {
    let state: State = rows::state(row)?;
    let offered = state.offer.is_some();
    let waiting = Waiting {
        conversation: rows::conversation(row, "id")?,
        promise_broken: state.promise_broken,
        priority: state.priority,
        since: Timestamp(row.try_get("waiting_since")?),
        language: state.locale,
        skill: state.skill,
        passed: state.passed,
        reserved_for: state.reserved_for,
    };
    Ok((waiting, offered))
}
