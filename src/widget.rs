//! What all components share.

use std::cell::RefCell;
use std::ops::Deref;

use warmline_ui::chat::Chat;
use warmline_ui::composer::Composer;
use warmline_ui::dom::{El, at_end, spawn};
use warmline_ui::layout::{Parts, Template, layout};
use warmline_ui::live_region::LiveRegion;
use warmline_ui::locale::Locale;
use warmline_ui::net::Body as Detail;
use warmline_ui::stream::Connection;
use warmline_ui::talk::Seen;
use warmline_ui::transcript::Scroll;
use warmline_ui::wording::Wait;

use crate::host::Host;
use crate::shop::Shop;
use crate::words;
use warmline_ui::watched::Watched;

/// The widget: a handle that is copied, as those of `warmline_ui` are.
#[derive(Clone, Copy)]
pub(crate) struct Widget(&'static Shared);

/// What it points to.
pub(crate) struct Shared {
    pub(crate) host: Host,
    pub(crate) chat: Chat,
    pub(crate) locale: Locale,
    pub(crate) shop: Watched<Option<Shop>>,
    /// Whether the panel is open.
    pub(crate) open: Watched<bool>,
    /// What stands in the page; nothing, once it is unmounted.
    pub(crate) live: RefCell<Option<LiveRegion>>,
    pub(crate) composer: RefCell<Option<Composer>>,
    pub(crate) scroll: RefCell<Option<Scroll>>,
}

impl Deref for Widget {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        self.0
    }
}

impl Widget {
    pub(crate) fn new(host: Host, live: LiveRegion) -> Self {
        let locale = Locale::new(&host.visit.locale, host.strings.clone());
        let chat = Chat::new(&host.base, host.visit.clone());
        let widget = Widget(Box::leak(Box::new(Shared {
            chat,
            locale,
            live: RefCell::new(Some(live)),
            host,
            shop: Watched::new(None),
            open: Watched::new(false),
            composer: RefCell::default(),
            scroll: RefCell::default(),
        })));
        at_end(move || {
            widget.live.take();
            widget.composer.take();
            widget.scroll.take();
        });
        widget.ask_for_the_shop();
        widget
    }

    /// Tells who cannot see it.
    pub(crate) fn announce(&self, text: &str) {
        if let Some(live) = &*self.live.borrow() {
            live.say(text);
        }
    }

    /// Asks for the merchant's settings, in the language in use.
    pub(crate) fn ask_for_the_shop(&self) {
        let widget = *self;
        spawn(async move {
            let shop = Shop::ask(widget.chat.net(), &widget.host.visit.key, &widget.locale.tag_now()).await;
            if shop.is_some() {
                widget.shop.set(shop);
            }
        });
    }

    /// The state, watched.
    pub(crate) fn view(&self) -> Seen {
        self.chat.talk().view()
    }

    /// Whether there is no line to the server, watched.
    pub(crate) fn is_offline(&self) -> bool {
        self.chat.stream().connection().get() == Connection::Offline || !warmline_ui::dom::window().navigator().on_line()
    }

    /// The agent's name, or that it is a person; watched.
    pub(crate) fn agent_name(&self) -> String {
        let name = self.view().with(|view| view.agent.as_ref().map(|agent| agent.name.clone()));
        name.unwrap_or_else(|| self.locale.t(warmline_ui::words::AUTHOR_A_PERSON))
    }

    /// `2nd in line`, watched.
    pub(crate) fn place(&self, position: u32) -> String {
        self.locale.tn(words::QUEUE_PLACE, position)
    }

    /// How long it takes, watched.
    pub(crate) fn wait(&self, wait: Wait) -> String {
        let locale = self.locale;
        match wait {
            Wait::Minutes(minutes) => locale.tn(words::WAIT_MINUTES, minutes),
            Wait::From(at) => locale.tf(words::NEXT_STAFFED, &[("when", &locale.moment(at))]),
            Wait::Unknown => locale.t(words::WAIT_UNKNOWN),
        }
    }

    /// Sends a message, as the composer, a question or a quick reply.
    pub(crate) fn say(&self, text: String) {
        self.chat.say(text);
    }

    /// Asks for a person, and says what became of it to who cannot see it.
    pub(crate) fn ask_for_a_person(&self) {
        let phase = self.view().with_untracked(|view| view.phase);
        if phase == warmline_protocol::Phase::Queued || phase.has_person() {
            let said = crate::components::talk_to_person::hint(self);
            self.announce(&said);
        }
        self.chat.ask_for_a_person(None);
    }

    /// Builds a template, whose acts are the widget's.
    pub(crate) fn build(&self, template: impl Into<Template>, given: &[&El]) -> Parts {
        let widget = *self;
        layout(self.locale, template.into(), given, &|acting, act| drop(acting.clone().on_click(move || widget.act(act))))
    }

    /// What a template says by `!`.
    fn act(&self, act: &'static str) {
        match act {
            "talk" => self.ask_for_a_person(),
            "yes" => self.chat.solved(true),
            "no" => self.chat.solved(false),
            "decline" => self.chat.decline_offer(),
            "meanwhile" => self.chat.ask_the_assistant_meanwhile(),
            "cancel" => self.chat.cancel_waiting(),
            "close" => self.host.tell("close", &Detail::new()),
            "load" => self.chat.load(),
            "fine" => self.chat.trouble().set(None),
            "again" => {
                self.chat.trouble().set(None);
                self.chat.load();
            }
            _ => {}
        }
    }

    /// Shows a line of the transcript.
    pub(crate) fn show_line(&self, seq: u64) {
        if let Some(scroll) = &*self.scroll.borrow() {
            scroll.to_entry(seq);
        }
    }

    /// Gives the input the focus.
    pub(crate) fn focus(&self) {
        if let Some(composer) = &*self.composer.borrow() {
            composer.focus();
        }
    }

    /// What is known of the conversation has been read, as far as it is in sight.
    pub(crate) fn mark_as_read(&self) {
        let at_end = self.scroll.borrow().as_ref().is_some_and(Scroll::is_at_end);
        if self.open.get_untracked() && at_end && !warmline_ui::dom::document().hidden()
            && let Some(seq) = self.chat.talk().last_from_others()
        {
            self.chat.read_up_to(seq);
        }
    }
}
