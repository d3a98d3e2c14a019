//! The contract of people, on this backend.

use async_trait::async_trait;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use warmline_protocol::{AgentId, Timestamp};

use super::SqliteStore;
use super::rows::{self, unreadable};
use crate::{Agent, AgentStore, NewSession, PlannedShift, Result, Role, Session, TokenHash};

/// The columns that [`agent`] reads.
macro_rules! agent_columns {
    () => {
        "id, email, name, role, password_hash, merchants, languages, skills, capacity, online, shift_since, last_given_at"
    };
}

#[async_trait]
impl AgentStore for SqliteStore {
    async fn put_agent(&self, agent: Agent) -> Result<AgentId> {
        let statement = sqlx::query(
            "INSERT INTO agents (id, email, name, role, password_hash, merchants, languages, skills, capacity, online, shift_since,
                                 last_given_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (email) DO UPDATE SET
                 name = excluded.name, role = excluded.role, password_hash = excluded.password_hash, merchants = excluded.merchants,
                 languages = excluded.languages, skills = excluded.skills, capacity = excluded.capacity
             RETURNING id",
        );
        let statement = statement
            .bind(agent.id.0)
            .bind(agent.email.to_lowercase())
            .bind(agent.name)
            .bind(agent.role.name())
            .bind(agent.password_hash)
            .bind(rows::json("list of merchants", &agent.merchants)?)
            .bind(rows::json("list of languages", &agent.languages)?)
            .bind(rows::json("list of skills", &agent.skills)?)
            .bind(agent.capacity)
            .bind(agent.online)
            .bind(agent.shift_since.0)
            .bind(agent.last_given_at.0);
        let rows = self.execute(statement).await?;
        let row = rows.first().ok_or_else(|| unreadable("agent", "no id came back"))?;
        Ok(AgentId(row.try_get("id")?))
    }

    async fn agent_by_email(&self, email: &str) -> Result<Option<Agent>> {
        let statement = sqlx::query(concat!("SELECT ", agent_columns!(), " FROM agents WHERE email = ?1"));
        let row = statement.bind(email.to_lowercase()).fetch_optional(&self.readers).await?;
        row.as_ref().map(agent).transpose()
    }

    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>> {
        let statement = sqlx::query(concat!("SELECT ", agent_columns!(), " FROM agents WHERE id = ?1"));
        let row = statement.bind(id.as_str()).fetch_optional(&self.readers).await?;
        row.as_ref().map(agent).transpose()
    }

    async fn agents(&self, merchant: &str) -> Result<Vec<Agent>> {
        let statement = sqlx::query(concat!(
            "SELECT ",
            agent_columns!(),
            " FROM agents WHERE ?1 IN (SELECT value FROM json_each(merchants)) ORDER BY name, id"
        ));
        let rows = statement.bind(merchant).fetch_all(&self.readers).await?;
        rows.iter().map(agent).collect()
    }

    async fn set_shift(&self, agent: &AgentId, online: bool, capacity: Option<u32>, now: Timestamp) -> Result<()> {
        let statement = sqlx::query(
            "UPDATE agents SET shift_since = iif(online = ?2, shift_since, ?4), online = ?2, capacity = coalesce(?3, capacity)
             WHERE id = ?1",
        );
        self.execute(statement.bind(agent.0.clone()).bind(online).bind(capacity).bind(now.0)).await?;
        Ok(())
    }

    async fn given(&self, agent: &AgentId, now: Timestamp) -> Result<()> {
        let statement = sqlx::query("UPDATE agents SET last_given_at = max(last_given_at, ?2) WHERE id = ?1");
        self.execute(statement.bind(agent.0.clone()).bind(now.0)).await?;
        Ok(())
    }

    async fn begin_session(&self, session: NewSession) -> Result<()> {
        let statement = sqlx::query("INSERT INTO sessions (token, agent, csrf, expires_at) VALUES (?1, ?2, ?3, ?4)");
        let statement = statement.bind(session.token.to_vec()).bind(session.agent.0).bind(session.csrf).bind(session.expires_at.0);
        self.execute(statement).await?;
        Ok(())
    }

    async fn session(&self, token: TokenHash, now: Timestamp) -> Result<Option<Session>> {
        let statement = sqlx::query(concat!(
            "SELECT csrf, ",
            agent_columns!(),
            " FROM sessions JOIN agents ON agents.id = sessions.agent WHERE token = ?1 AND expires_at > ?2"
        ));
        let row = statement.bind(&token[..]).bind(now.0).fetch_optional(&self.readers).await?;
        row.map(|row| Ok(Session { agent: agent(&row)?, csrf: row.try_get("csrf")? })).transpose()
    }

    async fn end_session(&self, token: TokenHash) -> Result<()> {
        self.execute(sqlx::query("DELETE FROM sessions WHERE token = ?1").bind(token.to_vec())).await?;
        Ok(())
    }

    async fn end_sessions(&self, agent: &AgentId) -> Result<()> {
        self.execute(sqlx::query("DELETE FROM sessions WHERE agent = ?1").bind(agent.0.clone())).await?;
        Ok(())
    }

    async fn plan_shift(&self, shift: PlannedShift) -> Result<()> {
        let statement = sqlx::query("INSERT INTO shifts (agent, from_at, to_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
        self.execute(statement.bind(shift.agent.0).bind(shift.from.0).bind(shift.to.0)).await?;
        Ok(())
    }

    async fn shifts(&self, merchant: &str, after: Timestamp) -> Result<Vec<PlannedShift>> {
        let statement = sqlx::query(
            "SELECT agent, from_at, to_at FROM shifts JOIN agents ON agents.id = shifts.agent
             WHERE to_at > ?2 AND ?1 IN (SELECT value FROM json_each(merchants)) ORDER BY from_at, to_at, agent",
        );
        let rows = statement.bind(merchant).bind(after.0).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                Ok(PlannedShift {
                    agent: AgentId(row.try_get("agent")?),
                    from: Timestamp(row.try_get("from_at")?),
                    to: Timestamp(row.try_get("to_at")?),
                })
            })
            .collect()
    }

    async fn agent_receipt(&self, agent: &AgentId, client_id: &str) -> Result<Option<(TokenHash, String)>> {
        let statement = sqlx::query("SELECT fingerprint, answer FROM agent_receipts WHERE agent = ?1 AND client_id = ?2");
        let row = statement.bind(agent.as_str()).bind(client_id).fetch_optional(&self.readers).await?;
        row.map(|row| Ok((rows::hash(&row, "fingerprint")?, row.try_get("answer")?))).transpose()
    }

    async fn keep_agent_receipt(&self, agent: &AgentId, client_id: &str, fingerprint: TokenHash, answer: &str) -> Result<()> {
        // The first stays: a resend that ran beside it must not change what the next is told.
        let statement = sqlx::query(
            "INSERT INTO agent_receipts (agent, client_id, fingerprint, answer) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        );
        let statement = statement.bind(agent.0.clone()).bind(client_id.to_owned()).bind(fingerprint.to_vec()).bind(answer.to_owned());
        self.execute(statement).await?;
        Ok(())
    }
}

fn agent(row: &SqliteRow) -> Result<Agent> {
    let role: &str = row.try_get("role")?;
    Ok(Agent {
        id: AgentId(row.try_get("id")?),
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: Role::from_name(role).ok_or_else(|| unreadable("agent", format!("a role {role}")))?,
        password_hash: row.try_get("password_hash")?,
        merchants: list(row, "merchants")?,
        languages: list(row, "languages")?,
        skills: list(row, "skills")?,
        capacity: row.try_get("capacity")?,
        online: row.try_get("online")?,
        shift_since: Timestamp(row.try_get("shift_since")?),
        last_given_at: Timestamp(row.try_get("last_given_at")?),
    })
}

fn list(row: &SqliteRow, column: &str) -> Result<Vec<String>> {
    serde_json::from_str(row.try_get(column)?).map_err(|error| unreadable("agent", error))
}
