//! The AI's draft: plainly a draft, with what it rests on. It goes into the composer when the agent wants it, and nowhere by itself.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use warmline_protocol::Citation;
use warmline_protocol::js::{list, member};
use warmline_ui::citation::citations;
use warmline_ui::dom::{El, button, el};
use warmline_ui::net::{Body, Failure, member_text, new_id};
use warmline_ui::sse::{Frame, Parser};
use warmline_ui::watched::Watched;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, ReadableStreamDefaultReader, Response};

use crate::api::why;
use crate::case::Case;
use crate::desk::Desk;
use crate::words;

/// How far a draft is.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// It is being written.
    Writing,
    /// It is whole, and rests on these.
    Ready(Vec<Citation>),
    /// It came to nothing.
    Failed(Failure),
}

/// The draft of a conversation; a handle.
#[derive(Clone)]
pub(crate) struct Draft {
    stage: Watched<Option<Stage>>,
    text: Watched<String>,
    abort: Rc<RefCell<Option<AbortController>>>,
}

impl Draft {
    /// None yet.
    pub(crate) fn new() -> Self {
        Draft { stage: Watched::new(None), text: Watched::new(String::new()), abort: Rc::default() }
    }

    /// Takes it away, written or not.
    pub(crate) fn dismiss(&self) {
        if let Some(abort) = self.abort.take() {
            abort.abort();
        }
        self.stage.set(None);
        self.text.set(String::new());
    }
}

impl Case {
    /// Asks for a draft, in place of the one that is there.
    pub(crate) fn ask_for_a_draft(&self) {
        let draft = self.draft().clone();
        draft.dismiss();
        let Ok(abort) = AbortController::new() else { return };
        draft.abort.replace(Some(abort.clone()));
        draft.stage.set(Some(Stage::Writing));
        let case = self.clone();
        spawn_local(async move {
            let ended = case.read_a_draft(&draft, &abort).await;
            // Dismissed, or asked for again.
            if abort.signal().aborted() {
                return;
            }
            if let Err(failure) = ended {
                draft.stage.set(Some(Stage::Failed(failure)));
            } else if draft.stage.get_untracked() == Some(Stage::Writing) {
                draft.stage.set(Some(Stage::Failed(Failure::Network)));
            }
        });
    }

    async fn read_a_draft(&self, draft: &Draft, abort: &AbortController) -> Result<(), Failure> {
        let body = Body::with_client_id(&new_id());
        let headers = [("accept", "text/event-stream")];
        let path = self.path("/suggestion");
        let response = self.api().net().fetch("POST", &path, Some(body.object()), Some(&abort.signal()), &headers).await?;
        frames(&response, &mut |frame| {
            let data = js_sys::JSON::parse(&frame.data).unwrap_or_default();
            match frame.event.as_str() {
                "suggestion.delta" => draft.text.update(|text| text.push_str(&member_text(&data, "text").unwrap_or_default())),
                "suggestion.done" => {
                    draft.text.set(member_text(&data, "text").unwrap_or_default());
                    draft.stage.set(Some(Stage::Ready(list(&data, "citations").unwrap_or_default())));
                }
                // Of a newer server.
                _ => {}
            }
        })
        .await
    }
}

/// Reads the frames of an answer as they come.
async fn frames(response: &Response, heard: &mut dyn FnMut(Frame)) -> Result<(), Failure> {
    let body = response.body().ok_or(Failure::Network)?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut parser = Parser::default();
    loop {
        let part = JsFuture::from(reader.read()).await.map_err(|_| Failure::Network)?;
        if member(&part, "done").is_truthy() {
            return Ok(());
        }
        parser.push(&Uint8Array::from(member(&part, "value")).to_vec(), heard);
    }
}

/// The draft above the composer.
pub(crate) fn view(desk: &Desk, case: &Case) -> El {
    let draft = case.draft().clone();
    let (shown, desk, case) = (draft.stage, desk.clone(), case.clone());
    el("div").class("draft-place").when(move || shown.get().is_some(), move || card(&desk, &case))
}

fn card(desk: &Desk, case: &Case) -> El {
    let locale = desk.locale();
    let draft = case.draft().clone();
    let (stage, text) = (draft.stage, draft.text);
    let ready = move || matches!(stage.get(), Some(Stage::Ready(_))) && !text.get().trim().is_empty();
    let writing = move || stage.get() == Some(Stage::Writing);
    let (using, used, dismissed, again, closing) = (desk.clone(), case.clone(), draft.clone(), case.clone(), desk.clone());
    el("section")
        .class("draft")
        .attr("aria-labelledby", "draft-title")
        .child(
            el("header")
                .class("draft-head")
                .child(el("h3").attr("id", "draft-title").t(locale, words::DRAFT_TITLE))
                .child(el("p").class("soft").attr("role", "status").dyn_text(move || {
                    match stage.get() {
                        Some(Stage::Writing) => locale.t(words::DRAFT_WRITING),
                        Some(Stage::Ready(_)) if text.get().trim().is_empty() => locale.t(words::DRAFT_NONE),
                        Some(Stage::Ready(_)) => locale.t(words::DRAFT_READY),
                        Some(Stage::Failed(failure)) => why(locale, &failure),
                        None => String::new(),
                    }
                })),
        )
        .child(el("p").class("plain draft-text").attr("dir", "auto").show(move || !text.get().is_empty()).dyn_text(move || text.get()))
        .swap(
            move || match stage.get() {
                Some(Stage::Ready(sources)) if !sources.is_empty() => Some(sources),
                Some(_) | None => None,
            },
            move |sources| citations(locale, &sources),
        )
        .child(
            el("div")
                .class("draft-actions")
                .child(button("main-action").show(ready).t(locale, words::DRAFT_USE).on_click(move || {
                    let text = text.get_untracked();
                    used.draft().dismiss();
                    using.put_into_composer(&used, &text);
                }))
                .child(
                    button("action")
                        .show(move || matches!(stage.get(), Some(Stage::Failed(_))))
                        .t(locale, words::TRY_AGAIN)
                        .on_click(move || again.ask_for_a_draft()),
                )
                .child(
                    button("quiet")
                        .dyn_text(move || locale.t(if writing() { words::DRAFT_STOP } else { words::DRAFT_DISMISS }))
                        .on_click(move || {
                            dismissed.dismiss();
                            closing.focus_composer();
                        }),
                ),
        )
}
