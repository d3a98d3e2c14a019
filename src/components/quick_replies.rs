//! Replies to tap, under the assistant's last word.

use warmline_ui::template;
use warmline_protocol::{AuthorKind, Body, Phase};
use warmline_ui::dom::{El, button};
use warmline_ui::layout::still;

use crate::widget::Widget;

/// The replies of the last entry, while the assistant is whom one talks to.
pub(crate) fn quick_replies(widget: &Widget) -> El {
    let (talk, view, outbox) = (*widget.chat.talk(), widget.view(), widget.chat.sender().outbox());
    let replying = *widget;
    let replies = move || -> Vec<String> {
        let open = view.with(|view| match view.phase {
            Phase::Assisted => true,
            Phase::Queued => view.meanwhile,
            Phase::WithPerson | Phase::WaitingOnShopper | Phase::LeftOpen | Phase::Resolved => false,
        });
        if !open || outbox.with(|outbox| !outbox.waiting().is_empty()) {
            return Vec::new();
        }
        talk.with_entries(|entries| match entries.last().map(|entry| (entry.author.kind, &entry.body)) {
            Some((AuthorKind::Assistant, Body::MessagePosted(posted))) => posted.quick_replies.clone(),
            Some(_) | None => Vec::new(),
        })
    };
    let any = replies;
    still(widget.locale, template!("div .quick-replies role=group aria-label=$", warmline_ui::words::QUICK_REPLIES))
        .show(move || !any().is_empty())
        .each_text(replies, move |reply| {
            let (replying, said) = (replying, reply.to_owned());
            button("quick-reply").attr("dir", "auto").text(reply).on_click(move || replying.say(said.clone()))
        })
}
