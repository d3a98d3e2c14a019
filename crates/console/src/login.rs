//! The log-in, and why it did not work, in words.

use std::rc::Rc;

use warmline_ui::dom::{El, el, focus, next_frame, said};
use warmline_ui::watched::Watched;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use crate::api::{Api, why};
use crate::start::Languages;
use crate::{header, words};

/// Asks for e-mail and password.
pub(crate) fn login(api: &Api, languages: &Languages) -> El {
    let locale = languages.locale;
    let (busy, error) = (Watched::new(false), Watched::new(None::<String>));
    let over = api.over();
    let field = |id: &str, kind: &str, fills: &str| {
        el("input")
            .class("field")
            .attr("id", id)
            .attr("name", id)
            .attr("type", kind)
            .attr("autocomplete", fills)
            .attr("required", true)
            .attr("dir", "ltr")
            .dyn_attr("aria-invalid", move || error.get().is_some().then(|| said(true).to_owned()))
            .attr("aria-describedby", "login-error")
    };
    let email = field("email", "email", "username").attr("inputmode", "email").attr("autocapitalize", "none").attr("spellcheck", "false");
    let password = field("password", "password", "current-password");
    let (email_input, password_input): (HtmlInputElement, HtmlInputElement) = (email.as_kind(), password.as_kind());
    let first = email_input.clone();
    next_frame(move || focus(&first));

    let api = api.clone();
    let submit = Rc::new(move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let (api, email, password) = (api.clone(), email_input.value(), password_input.value());
        let again = password_input.clone();
        spawn_local(async move {
            let answer = api.log_in(email.trim(), &password).await;
            // Who is in finds the desk; this form is gone then.
            if let Err(failure) = answer {
                busy.set(false);
                error.set(Some(why(locale, &failure)));
                again.select();
                focus(&again);
            }
        });
    });
    let form = el("form")
        .class("login-form")
        .attr("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(el("h1").t(locale, words::LOGIN_TITLE))
        .child(el("p").class("login-intro").t(locale, if over { words::LOGIN_OVER } else { words::LOGIN_INTRO }))
        .child(el("label").attr("for", "email").t(locale, words::EMAIL))
        .child(email)
        .child(el("label").attr("for", "password").t(locale, words::PASSWORD))
        .child(password)
        .child(
            el("p")
                .class("form-error")
                .attr("id", "login-error")
                .attr("role", "alert")
                .dyn_text(move || error.get().unwrap_or_default()),
        )
        .child(
            el("button")
                .class("main-action")
                .attr("type", "submit")
                .dyn_attr("aria-disabled", move || busy.get().then(|| said(true).to_owned()))
                .dyn_text(move || locale.t(if busy.get() { words::LOGIN_BUSY } else { words::LOGIN_SUBMIT })),
        );
    el("main").class("login").child(form).child(header::language(languages))
}
