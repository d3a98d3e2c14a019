//! What the page promises, looked at in the text that it is made of.

use warmline_protocol::event::{AgentJoined, HandoffRequested, MessagePosted, PromiseKind, Summary};
use warmline_protocol::view::{AgentView, CaseView, PromiseView, QueueView, Reads, ResolvedView, Snapshot};
use warmline_protocol::{
    AgentId, Author, AuthorKind, Body, CaseCode, Citation, CitationKind, Code, ConversationId, Event, MessageId, Phase, PromiseId,
    Timestamp, View,
};

use super::clock::Clock;
use super::page::{page, unknown};
use super::scene::{Mode, Notice, Scene, Talk, waits};
use super::words::Language;
use crate::stream::frame;

const NOW: Timestamp = Timestamp(1_795_529_999_999);

fn said(seq: u64, kind: AuthorKind, text: &str) -> Event {
    let posted = MessagePosted {
        message_id: MessageId(seq.to_string()),
        text: text.to_owned(),
        client_id: None,
        partial: None,
        via: None,
        answers: None,
        order: None,
        citations: vec![Citation {
            kind: CitationKind::Article,
            id: "refund-times".into(),
            title: "How long does a refund take?".into(),
            quote: "Refunds take <b>3 days</b>.".into(),
            url: Some("javascript:alert(1)".into()),
        }],
        quick_replies: Vec::new(),
        blocks: Vec::new(),
    };
    frame::dressed(Event { seq, prev: seq - 1, at: NOW, author: Author::of(kind), body: posted.into() })
}

fn view(phase: Phase) -> View {
    View {
        phase,
        agent: Some(AgentView { agent_id: AgentId("1".into()), name: "Ada".into(), joined_at: NOW, answered_at: Some(NOW) }),
        case: Some(CaseView { code: CaseCode("WL-2345-678".into()), first_asked_at: NOW, reopened_at: None }),
        queue: Some(QueueView { position: 2, expected_wait_s: Some(170), next_staffed_at: None }),
        promise: Some(PromiseView {
            promise_id: PromiseId("1".into()),
            kind: PromiseKind::Live,
            promise_by: NOW.plus_seconds(600),
            broken: false,
            kept: false,
        }),
        summary: Some(Summary {
            problem: "the refund is late".into(),
            wants: "my money".into(),
            tried: vec!["waited".into()],
            lines: warmline_protocol::event::Lines(vec![("problem".into(), vec![2])]),
            order: None,
            quote: None,
        }),
        resolved: (phase == Phase::Resolved).then(|| ResolvedView {
            by: warmline_protocol::event::ClosedBy::Agent,
            at: NOW,
            reason: Some("refund sent".into()),
        }),
        ..warmline_conversation::State::new().view
    }
}

fn scene(language: Language, talk: Option<Talk>) -> Scene {
    let mode = if talk.as_ref().is_some_and(|talk| waits(talk.view(), talk.owed)) { Mode::Watching } else { Mode::Calm };
    Scene {
        key: "pk_demo".into(),
        shop: "Juniper & Lane".into(),
        locales: vec!["en".into(), "ar".into()],
        locale: language.tag().into(),
        asked_locale: None,
        language,
        clock: Clock::new(language, "Europe/London", NOW),
        zone: "Europe/London".into(),
        greeting: "Hello.".into(),
        questions: vec!["Where is my order?".into()],
        staffed: true,
        next_staffed_at: None,
        talk,
        mode,
        notice: None,
        draft: String::new(),
    }
}

fn talk(phase: Phase) -> Talk {
    let requested = HandoffRequested { reason: "tap".into(), case_code: CaseCode("WL-2345-678".into()) };
    let joined = AgentJoined { agent_id: AgentId("1".into()), name: "Ada".into() };
    let event = |seq, body: Body| Event { seq, prev: seq - 1, at: NOW, author: Author::of(AuthorKind::System), body };
    Talk {
        snapshot: Snapshot {
            conversation_id: ConversationId("1".into()),
            state: view(phase),
            messages: vec![
                said(2, AuthorKind::Shopper, "<script>alert(1)</script>"),
                said(3, AuthorKind::Assistant, "**Three** days.\n\n- card"),
                said(5, AuthorKind::Agent, "I look into it."),
            ],
            notices: vec![event(4, requested.into()), event(6, joined.into())],
            cursor: 6,
            reads: Reads { shopper: 6, agent: 3 },
            more: true,
        },
        older: None,
        owed: false,
    }
}

const PHASES: [Phase; 6] = [Phase::Assisted, Phase::Queued, Phase::WithPerson, Phase::WaitingOnShopper, Phase::LeftOpen, Phase::Resolved];

#[test]
fn the_way_to_a_person_is_in_each_phase_and_each_language() {
    for language in [Language::En, Language::De, Language::Es, Language::Ar, Language::Ja] {
        let talks = PHASES.into_iter().map(|phase| Some(talk(phase))).chain([None]);
        for shown in talks {
            let made = page(&scene(language, shown)).into_string();
            let (_, after) = made.split_once("action=\"/talk/pk_demo/person\"").unwrap();
            let form = after.split("</form>").next().unwrap();
            assert!(form.contains("<button") && form.contains(&language.words().talk_to_person), "{form}");
        }
    }
}

#[test]
fn no_script_no_style_and_no_markup_of_others() {
    for phase in PHASES {
        let made = page(&scene(Language::En, Some(talk(phase)))).into_string();
        for never in ["<script", "<style", "style=", "onclick", "href=\"javascript", "<b>3"] {
            assert!(!made.contains(never), "{phase:?} {never}");
        }
        assert!(made.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && made.contains("<strong>Three</strong>"));
    }
}

#[test]
fn a_page_that_refreshes_has_no_text_box_to_lose_and_a_way_to_stop() {
    for (phase, box_is_there) in [(Phase::Assisted, true), (Phase::Queued, false), (Phase::WithPerson, false), (Phase::Resolved, true)] {
        let mut scene = scene(Language::En, Some(talk(phase)));
        let made = page(&scene).into_string();
        assert_eq!(made.contains("<textarea id=\"composer\""), box_is_there, "{phase:?}");
        assert_eq!(made.contains("<textarea"), box_is_there, "{phase:?}");
        assert_eq!(made.contains("still=1"), !box_is_there, "{phase:?}");
        scene.mode = Mode::Writing;
        assert!(page(&scene).into_string().contains("<textarea id=\"composer\""), "{phase:?}");
    }
}

#[test]
fn the_receipt_says_code_place_wait_and_promise() {
    let made = page(&scene(Language::En, Some(talk(Phase::Queued)))).into_string();
    for part in ["WL-2345-678", "number 2 in line", "about 3 minutes", "A person answers by", "action=\"/talk/pk_demo/cancel\""] {
        assert!(made.contains(part), "{part}");
    }
}

#[test]
fn a_refused_text_is_still_there_and_each_form_has_its_own_id() {
    let mut scene = scene(Language::En, None);
    (scene.notice, scene.draft) = (Some(Notice::Refused(Code::TooManyRequests)), "my <text>".into());
    let made = page(&scene).into_string();
    assert!(made.contains(">my &lt;text&gt;</textarea>") && made.contains(&Language::En.words().trouble_limit));
    let ids: Vec<&str> = made.split("name=\"client_id\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert!(ids.len() >= 4 && unique.len() == ids.len() && ids.iter().all(|id| warmline_protocol::id::is_uuid(id)));
}

#[test]
fn direction_and_language_are_said() {
    assert!(page(&scene(Language::Ar, None)).into_string().contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(unknown(Language::De).into_string().contains(&Language::De.words().unknown_text));
}
