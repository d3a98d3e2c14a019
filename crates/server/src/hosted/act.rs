//! Does what a form asks for, by the road that every command takes, and leads back to the page.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use warmline_conversation::command::ShopperCommand;
use warmline_conversation::{Command as RuleCommand, State as Rules};
use warmline_protocol::event::ContextChanged;
use warmline_protocol::{Code, ConversationId, Problem};

use super::scene::{Notice, Scene, address};
use super::show;
use super::visit::{Visit, cookie, no_cookie};
use crate::app::App;
use crate::body::{self, CommandId};
use crate::conversations::{Request, seq_answer};
use crate::problem::{Answer, Refusal};
use crate::shopper::command::{Bare, key};
use crate::shopper::handoff::Ask;
use crate::shopper::messages::Post;
use crate::shopper::open::Open;
use crate::shopper::resolution::{Correction, Rating, Solved};

/// A form's command, by the last part of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Command {
    Say,
    Person,
    Cancel,
    Meanwhile,
    Decline,
    Solved,
    Rate,
    Correct,
    Language,
    Forget,
}

impl Command {
    fn named(name: &str) -> Option<Self> {
        match name {
            "say" => Some(Command::Say),
            "person" => Some(Command::Person),
            "cancel" => Some(Command::Cancel),
            "meanwhile" => Some(Command::Meanwhile),
            "decline" => Some(Command::Decline),
            "solved" => Some(Command::Solved),
            "rate" => Some(Command::Rate),
            "correct" => Some(Command::Correct),
            "language" => Some(Command::Language),
            "forget" => Some(Command::Forget),
            _ => None,
        }
    }

    /// Whether it begins a conversation where there is none.
    const fn opens(self) -> bool {
        match self {
            Command::Say | Command::Person => true,
            Command::Cancel
            | Command::Meanwhile
            | Command::Decline
            | Command::Solved
            | Command::Rate
            | Command::Correct
            | Command::Language
            | Command::Forget => false,
        }
    }
}

/// What a form may hold.
#[derive(Debug, Deserialize)]
pub(super) struct Fields {
    client_id: CommandId,
    open_id: Option<CommandId>,
    lang: Option<String>,
    still: Option<String>,
    text: Option<String>,
    comment: Option<String>,
    score: Option<u8>,
    solved: Option<String>,
    locale: Option<String>,
}

/// Takes a form.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    Path((merchant, command)): Path<(String, String)>,
    headers: HeaderMap,
    extensions: Extensions,
    form: Result<Form<Fields>, FormRejection>,
) -> Answer<Response> {
    let Some(merchant) = app.merchant(&merchant).cloned() else { return Ok(show::unknown(&headers)) };
    let command = Command::named(&command).ok_or(Code::NotFound)?;
    let lang = form.as_ref().ok().and_then(|Form(fields)| fields.lang.as_deref());
    let visit = Visit::of(&app, &merchant, lang, &headers, &extensions).await?;
    let Ok(Form(mut fields)) = form else {
        return show::refused(&app, &visit, None, Notice::Refused(Code::InvalidField), String::new(), StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    };
    // Forms write a line's end as two characters.
    fields.text = fields.text.map(|text| text.replace("\r\n", "\n"));
    let done = match from_our_page(&app, &headers) {
        Ok(()) => app.act(&visit, command, &fields).await,
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(done) => Ok(done),
        // What it was about is over: the page shows how it stands now.
        Err(refusal) if refusal.code().status() == StatusCode::CONFLICT => Ok(back(&visit, &fields, "told=changed")),
        Err(refusal) => {
            let code = refusal.code();
            let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let draft = if command == Command::Say { fields.text.unwrap_or_default() } else { String::new() };
            show::refused(&app, &visit, fields.still, Notice::Refused(code), draft, status).await
        }
    }
}

/// Another site's form is refused: by its origin, and by what browsers say of it where they do.
fn from_our_page(app: &App, headers: &HeaderMap) -> Answer<()> {
    app.check_own_origin(headers)?;
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(Code::OriginNotAllowed.into()),
    }
}

/// 303: a reload of the page sends nothing again.
fn back(visit: &Visit, fields: &Fields, more: &str) -> Response {
    let page = address(&visit.merchant.config.key, visit.asked_locale.as_deref(), fields.still.is_some(), more);
    // A notice stands at the top, news at the end.
    let end = if more.is_empty() { "#newest" } else { "" };
    Redirect::to(&format!("{page}{end}")).into_response()
}

impl App {
    async fn act(&self, visit: &Visit, command: Command, fields: &Fields) -> Answer<Response> {
        if command == Command::Say {
            // Looked at first: a text that is refused begins no conversation.
            body::text(fields.text.as_deref().unwrap_or_default())?;
        }
        let mut token = None;
        let conversation = match &visit.open {
            Some((conversation, _)) => Some(conversation.clone()),
            None if command.opens() => {
                let (conversation, fresh) = self.open_for(visit, fields).await?;
                token = Some(fresh);
                Some(conversation)
            }
            None => None,
        };
        let mut response = match conversation {
            Some(conversation) => self.act_in(visit, &conversation, command, fields).await?,
            None if command == Command::Language => spoken(visit, fields),
            None => back(visit, fields, "told=changed"),
        };
        if let Some(cookie) = token.and_then(|token| cookie(self, &visit.merchant.config.key, &token)) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }

    async fn open_for(&self, visit: &Visit, fields: &Fields) -> Answer<(ConversationId, String)> {
        // A form of a page that still showed a conversation has no id to open one: it is sent once at most.
        let client_id = fields.open_id.clone().map_or_else(fresh_id, Ok)?;
        let open =
            Open { key: visit.merchant.config.key.clone(), client_id, locale: Some(visit.locale.clone()), page: None, identity: None };
        let (_, opened) = self.open_conversation(&visit.merchant, open, visit.client).await?;
        Ok((ConversationId(opened.conversation_id), opened.token))
    }

    async fn act_in(&self, visit: &Visit, conversation: &ConversationId, command: Command, fields: &Fields) -> Answer<Response> {
        let id = fields.client_id.clone();
        let bare = |route: &str| key(route, &id, &Bare { client_id: id.clone() });
        match command {
            Command::Say => self.say(conversation, id, fields.text.as_deref().unwrap_or_default()).await?,
            Command::Person => {
                let ask = Ask { client_id: id.clone(), reason: None };
                self.ask_for_person(conversation, key("handoff", &id, &ask)?, None).await?;
            }
            Command::Cancel => {
                self.shopper_command(conversation, bare("handoff/cancel")?, ShopperCommand::CancelHandoff).await?;
            }
            Command::Meanwhile => {
                self.shopper_command(conversation, bare("assistant/resume")?, ShopperCommand::AskMeanwhile).await?;
            }
            Command::Decline => {
                self.shopper_command(conversation, bare("handoff/decline")?, ShopperCommand::DeclineOffer).await?;
            }
            Command::Solved => {
                let solved = Solved { client_id: id.clone(), solved: yes(fields)? };
                self.shopper_command(conversation, key("resolution", &id, &solved)?, ShopperCommand::Solved(solved.solved)).await?;
            }
            Command::Rate => {
                let rating = rating(fields)?;
                let key = key("rating", &id, &rating)?;
                let command = ShopperCommand::Rate { score: rating.score, comment: rating.comment };
                self.shopper_command(conversation, key, command).await?;
            }
            Command::Correct => {
                let text = body::text(fields.text.as_deref().unwrap_or_default())?;
                let key = key("summary", &id, &Correction { client_id: id.clone(), text: text.clone() })?;
                self.shopper_command(conversation, key, ShopperCommand::CorrectSummary(text)).await?;
            }
            Command::Language => {
                let locale = visit.merchant.config.locale_for(fields.locale.as_deref());
                let context = ContextChanged { locale: Some(locale), page: None, attributes: Vec::new() };
                let make = move |_: &Rules| RuleCommand::Shopper(ShopperCommand::Describe(context.clone()));
                self.execute(conversation, Request { make: &make, key: None, answer: &seq_answer, limited: true }).await?;
                // The conversation knows its language now: the address need not.
                let page = address(&visit.merchant.config.key, None, fields.still.is_some(), "");
                return Ok(Redirect::to(&page).into_response());
            }
            Command::Forget => {
                self.store.revoke_tokens(conversation).await?;
                let mut response = back(visit, fields, "told=forgotten");
                if let Some(cookie) = no_cookie(self, &visit.merchant.config.key) {
                    response.headers_mut().append(header::SET_COOKIE, cookie);
                }
                return Ok(response);
            }
        }
        Ok(back(visit, fields, ""))
    }

    /// Says a text. Another text under an id that was used is no resend: the shopper went back to an old page and wrote something else.
    async fn say(&self, conversation: &ConversationId, id: CommandId, text: &str) -> Answer<()> {
        let said = |id: CommandId| {
            let post = Post { client_id: id.clone(), text: text.to_owned() };
            key("messages", &id, &post)
        };
        match self.shopper_says(conversation, said(id)?, text.to_owned()).await {
            Err(refusal) if refusal.code() == Code::ClientIdReused => {
                self.shopper_says(conversation, said(fresh_id()?)?, text.to_owned()).await?;
            }
            Err(refusal) => return Err(refusal),
            Ok(_) => {}
        }
        Ok(())
    }
}

fn fresh_id() -> Answer<CommandId> {
    serde_json::from_value(serde_json::json!(Scene::fresh_id().as_str())).map_err(Refusal::internal)
}

/// The page in another language, before there is a conversation that could remember it.
fn spoken(visit: &Visit, fields: &Fields) -> Response {
    let locale = visit.merchant.config.locale_for(fields.locale.as_deref());
    Redirect::to(&address(&visit.merchant.config.key, Some(&locale), false, "")).into_response()
}

fn yes(fields: &Fields) -> Answer<bool> {
    match fields.solved.as_deref() {
        Some("yes") => Ok(true),
        Some("no") => Ok(false),
        Some(_) | None => Err(Problem::field("solved", "yes or no").into()),
    }
}

fn rating(fields: &Fields) -> Answer<Rating> {
    let wrong = |field: &str, why: &str| Refusal::from(Problem::field(field, why));
    let score = fields.score.filter(|score| (1..=5).contains(score)).ok_or_else(|| wrong("score", "1 to 5"))?;
    let comment = fields.comment.as_ref().map(|comment| comment.replace("\r\n", "\n")).filter(|comment| !comment.trim().is_empty());
    if comment.as_ref().is_some_and(|comment| comment.chars().count() > 2_000) {
        return Err(wrong("comment", "at most 2000 characters"));
    }
    Ok(Rating { client_id: fields.client_id.clone(), score, comment })
}
