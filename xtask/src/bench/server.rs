//! `cargo xtask bench server`: the release server with a client on the same machine. Loopback is not a network: these are the
//! server's own times.

use super::http::{Client, Events};
use crate::checkout::Checkout;
use crate::pack::write_whole;
use crate::run;
use crate::steps::Steps;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Samples of each time.
const SAMPLES: usize = 150;
/// Idle streams for the memory of one: so many conversations, each followed so often (more than that is refused).
const FOLLOWED: usize = 40;
const TIMES: usize = 15;

pub(super) fn run(checkout: &Checkout) -> Result<()> {
    let mut steps = Steps::of(2);
    steps.step("building the release server", || run::quietly(checkout.cargo().args(["build", "--release", "-p", "warmline-server"])))?;
    let figures = steps.step("measuring", || measure(checkout))?;
    println!("{}", table(&figures));
    fs::create_dir_all(checkout.target("bench"))?;
    write_whole(&checkout.target("bench/server.json"), &serde_json::to_vec_pretty(&figures)?)
}

/// The server under measurement; ended when it is dropped.
struct Server {
    child: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        run::ask_to_end(self.child.id());
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(checkout: &Checkout) -> Result<Self> {
        let data = checkout.target("bench/data");
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        let mut child = run::start(
            Command::new(checkout.target("release/warmline"))
                .args(["demo", "--port", "0", "--no-browser", "--data"])
                .arg(&data)
                .arg("--assets")
                .arg(checkout.target("assets"))
                .arg("--root")
                .arg(checkout.root())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let stdout = child.stdout.take().context("the server has no output")?;
        let ready = BufReader::new(stdout).lines().find_map(|line| line.ok()?.strip_prefix("ready: http://").map(str::to_owned));
        Ok(Server { host: ready.context("the server did not start")?, child })
    }

    fn resident_kb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
    }
}

struct Conversation {
    id: String,
    token: String,
}

fn open(client: &mut Client) -> Result<Conversation> {
    let opened = client.post("/v1/conversations", None, &json!({ "key": "pk_demo", "client_id": uuid() }))?;
    let text = |name: &str| opened[name].as_str().map(str::to_owned).with_context(|| format!("an opening without {name}"));
    Ok(Conversation { id: text("conversation_id")?, token: text("token")? })
}

impl Conversation {
    fn path(&self, part: &str) -> String {
        format!("/v1/conversations/{}/{part}", self.id)
    }

    fn follow(&self, host: &str) -> Result<Events> {
        let mut events = Client::connect(host)?.follow(&self.path("events?after=0"), &self.token)?;
        events.until("conversation.started")?;
        Ok(events)
    }
}

/// A UUID that has not been used in this run, which is all that a client's id must be.
fn uuid() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("00000000-0000-4000-8000-{:012x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn measure(checkout: &Checkout) -> Result<Value> {
    let server = Server::start(checkout)?;
    let mut client = Client::connect(&server.host)?;
    let (mut first_word, mut queued, mut delivered, mut acknowledged) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..SAMPLES {
        let conversation = open(&mut client)?;
        let mut events = conversation.follow(&server.host)?;
        let began = Instant::now();
        let question = json!({ "client_id": uuid(), "text": "How long does a refund take?" });
        client.post(&conversation.path("messages"), Some(&conversation.token), &question)?;
        events.until("assistant.delta")?;
        first_word.push(began.elapsed());
        events.until("message.posted")?;
        let began = Instant::now();
        client.post(&conversation.path("handoff"), Some(&conversation.token), &json!({ "client_id": uuid() }))?;
        events.until("handoff.queued")?;
        queued.push(began.elapsed());
        let began = Instant::now();
        let message = json!({ "client_id": uuid(), "text": "It is about the blue jacket." });
        client.post(&conversation.path("messages"), Some(&conversation.token), &message)?;
        acknowledged.push(began.elapsed());
        events.until("message.posted")?;
        delivered.push(began.elapsed());
    }
    let per_stream = memory_per_stream(&server, &mut client)?;
    Ok(json!({
        "samples": SAMPLES,
        "send_to_first_word_ms": percentiles(first_word),
        "button_to_queue_state_ms": percentiles(queued),
        "message_to_acknowledgement_ms": percentiles(acknowledged),
        "message_to_stream_ms": percentiles(delivered),
        "streams": FOLLOWED * TIMES,
        "memory_per_stream_kb": per_stream,
        "note": "release build, client and server on the same machine, over loopback",
    }))
}

fn memory_per_stream(server: &Server, client: &mut Client) -> Result<f64> {
    let mut held = Vec::new();
    let mut conversations = Vec::new();
    for _ in 0..FOLLOWED {
        conversations.push(open(client)?);
    }
    std::thread::sleep(Duration::from_secs(1));
    let before = server.resident_kb()?;
    for conversation in &conversations {
        for _ in 0..TIMES {
            held.push(conversation.follow(&server.host)?);
        }
    }
    std::thread::sleep(Duration::from_secs(1));
    let grown = server.resident_kb()? - before;
    Ok((grown / held.len() as f64 * 10.0).round() / 10.0)
}

fn percentiles(mut times: Vec<Duration>) -> Value {
    times.sort_unstable();
    let at = |share: usize| {
        let place = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, |time| (time.as_secs_f64() * 10_000.0).round() / 10.0)
    };
    json!({ "p50": at(50), "p95": at(95), "p99": at(99) })
}

fn table(figures: &Value) -> String {
    let mut text = format!("{:<34}{:>9}{:>9}{:>9}   target\n", "ms", "p50", "p95", "p99");
    for (name, key, target) in [
        ("send to the first word", "send_to_first_word_ms", "p95 <= 300"),
        ("button to queue state", "button_to_queue_state_ms", "p99 <= 200"),
        ("message to acknowledgement", "message_to_acknowledgement_ms", "p99 <= 50"),
        ("message to the stream", "message_to_stream_ms", "p99 <= 25"),
    ] {
        let figure = |share: &str| figures[key][share].as_f64().unwrap_or_default();
        text.push_str(&format!("{name:<34}{:>9.1}{:>9.1}{:>9.1}   {target}\n", figure("p50"), figure("p95"), figure("p99")));
    }
    let per_stream = figures["memory_per_stream_kb"].as_f64().unwrap_or_default();
    text.push_str(&format!("{:<34}{per_stream:>9.1}{:>21}<= 16\n", "memory a stream, kB", ""));
    text.push_str("release build, client on the same machine, over loopback\n");
    text
}
