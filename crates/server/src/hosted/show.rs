//! Shows the page. A turn that the assistant owes is waited for, a little: mostly the page comes with the answer in it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use tokio::time::Instant;
use warmline_protocol::passing::Read;
use warmline_protocol::view::{Page, QueueView};
use warmline_protocol::{Author, AuthorKind, ConversationId, Passing, Phase};
use warmline_store::Stored;

use super::clock::Clock;
use super::scene::{self, Mode, Notice, Scene, Talk};
use super::visit::{Visit, preferred};
use super::words::Language;
use super::{page, scene::address};
use crate::app::{App, now};
use crate::assets;
use crate::auth::shopper::Shopper;
use crate::bus::Notice as BusNotice;
use crate::problem::Answer;
use crate::stream::frame;

/// For so long a page waits for an answer that is owed.
const ANSWER_WITHIN: Duration = Duration::from_secs(4);
/// For so long a page that watches waits for news. The browser shows the old page until then, so that what is open there stays open.
const NEWS_WITHIN: Duration = Duration::from_secs(20);
/// The log is asked so often meanwhile, in case a notice was lost.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Seconds after which a page that watches looks again.
const REFRESH_S: u32 = 5;
/// Messages of a page of older ones.
const OLDER: u32 = 50;

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
    /// The shopper has stopped the refresh.
    still: Option<String>,
    /// The shopper writes while somebody is waited for.
    write: Option<String>,
    /// The page that asks shows this event already.
    seen: Option<String>,
    /// Older messages, before this one.
    before: Option<String>,
    /// What to tell.
    told: Option<String>,
}

/// The page.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answer<Response> {
    let Some(merchant) = app.merchant(&key).cloned() else { return Ok(unknown(&headers)) };
    let mut visit = Visit::of(&app, &merchant, asked.lang.as_deref(), &headers, &extensions).await?;
    if let Some((conversation, stored)) = &mut visit.open {
        let seen = asked.seen.as_deref().and_then(|seen| seen.parse().ok());
        if let Some(later) = app.wait_for_news(conversation, seen).await? {
            *stored = later;
        }
        app.has_read(conversation, stored).await?;
    }
    let notice = asked.told.as_deref().and_then(Notice::told);
    let scene = app.scene(&visit, &asked, notice, String::new()).await?;
    Ok(answer(&scene, StatusCode::OK))
}

/// The page of a key that no merchant has.
pub(super) fn unknown(headers: &HeaderMap) -> Response {
    let written_in = ["en", "de", "es", "ar", "ja"].map(str::to_owned);
    let language = Language::of_locale(&preferred(headers, &written_in).unwrap_or_default());
    let mut response = assets::page(page::unknown(language).into_string());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// The page after a command that was refused: what was typed is still there.
pub(super) async fn refused(
    app: &App,
    visit: &Visit,
    still: Option<String>,
    notice: Notice,
    draft: String,
    status: StatusCode,
) -> Answer<Response> {
    // With something to send again, the text box must be there.
    let write = (!draft.is_empty()).then(|| "1".to_owned());
    let scene = app.scene(visit, &Asked { still, write, ..Asked::default() }, Some(notice), draft).await?;
    Ok(answer(&scene, status))
}

fn answer(scene: &Scene, status: StatusCode) -> Response {
    let mut response = assets::page(page::page(scene).into_string());
    *response.status_mut() = status;
    if let (Mode::Watching, Some(talk)) = (scene.mode, &scene.talk) {
        let seen = address(&scene.key, scene.asked_locale.as_deref(), false, &format!("seen={}", talk.snapshot.cursor));
        if let Ok(refresh) = HeaderValue::from_str(&format!("{REFRESH_S}; url={seen}#newest")) {
            response.headers_mut().insert(header::REFRESH, refresh);
        }
    }
    response
}

fn owed(stored: &Stored) -> bool {
    stored.state.owed.is_some() && stored.state.assistant_may_speak()
}

impl App {
    /// Waits until the assistant owes nothing and there is something after `seen`, or for as long as a page waits.
    async fn wait_for_news(&self, conversation: &ConversationId, seen: Option<u64>) -> Answer<Option<Stored>> {
        // Followed before the log is read, so that nothing falls in between.
        let mut notices = self.bus.follow(conversation);
        let deadline = Instant::now() + if seen.is_some() { NEWS_WITHIN } else { ANSWER_WITHIN };
        loop {
            let Some(stored) = self.store.load(conversation).await? else { return Ok(None) };
            let news = seen.is_none_or(|seen| stored.state.shopper_seq > seen);
            if (news && !owed(&stored)) || Instant::now() >= deadline || self.closing.is_cancelled() {
                return Ok(Some(stored));
            }
            let something_stored = async { while let Ok(BusNotice::Passing(_)) = notices.recv().await {} };
            tokio::select! {
                () = something_stored => {}
                () = tokio::time::sleep_until(deadline.min(Instant::now() + LOOK_EVERY)) => {}
                () = self.closing.cancelled() => {}
            }
        }
    }

    /// What a page shows is read, as far as a page can tell.
    async fn has_read(&self, conversation: &ConversationId, stored: &Stored) -> Answer<()> {
        let seq = stored.state.seq;
        if self.store.mark_read(conversation, AuthorKind::Shopper, seq).await? {
            let sign = Passing::Read(Read { author: Author::of(AuthorKind::Shopper), seq });
            self.bus.passing(conversation, stored.state.owner.clone(), sign);
        }
        Ok(())
    }

    async fn scene(&self, visit: &Visit, asked: &Asked, notice: Option<Notice>, draft: String) -> Answer<Scene> {
        let config = &visit.merchant.config;
        let language = Language::of_locale(&visit.locale);
        let first = self.first_screen(&visit.merchant, Some(&visit.locale)).await?;
        let talk = match &visit.open {
            Some((conversation, stored)) => Some(self.talk(visit, conversation, stored, asked).await?),
            None => None,
        };
        let waits = talk.as_ref().is_some_and(|talk| scene::waits(talk.view(), talk.owed));
        let mode = match (waits, asked.still.is_some(), asked.write.is_some()) {
            // A page of older messages is read in peace.
            (false, _, _) => Mode::Calm,
            (true, true, _) => Mode::Still,
            (true, false, true) => Mode::Writing,
            (true, false, false) if talk.as_ref().is_some_and(|talk| talk.older.is_some()) => Mode::Writing,
            (true, false, false) => Mode::Watching,
        };
        Ok(Scene {
            key: config.key.clone(),
            shop: first.name,
            locales: first.locales,
            locale: visit.locale.clone(),
            asked_locale: visit.asked_locale.clone(),
            language,
            clock: Clock::new(language, &config.hours.time_zone, now()),
            zone: config.hours.time_zone.clone(),
            greeting: first.greeting,
            questions: first.questions,
            staffed: first.staffed,
            next_staffed_at: first.next_staffed_at,
            talk,
            mode,
            notice,
            draft,
        })
    }

    async fn talk(&self, visit: &Visit, conversation: &ConversationId, stored: &Stored, asked: &Asked) -> Answer<Talk> {
        let mut snapshot = self.snapshot(&Shopper { conversation: conversation.clone() }).await?;
        if snapshot.state.phase == Phase::Queued {
            // The log has the place of the moment of asking; the line has moved since.
            let estimate = self.outlook(&visit.merchant, conversation, now()).await?.estimate(now());
            snapshot.state.queue = Some(QueueView {
                position: estimate.position,
                expected_wait_s: estimate.expected_wait_s,
                next_staffed_at: estimate.next_staffed_at,
            });
        }
        let older = match asked.before.as_deref().and_then(|before| before.parse().ok()) {
            Some(before) => {
                let entries = self.store.entries(conversation, before, OLDER, false).await?;
                let (messages, notices) = (frame::dressed_all(entries.messages), frame::dressed_all(entries.notices));
                Some(Page { messages, notices, more: entries.more })
            }
            None => None,
        };
        Ok(Talk { snapshot, older, owed: owed(stored) })
    }
}
