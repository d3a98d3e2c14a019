//! A model behind any server that speaks `/v1/chat/completions` with server-sent events.

use super::{Provider, ProviderError, Task, Usage, prompt};
use futures::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc;

/// Where the model is.
#[derive(Debug, Clone)]
pub struct OpenAiConfig {
    /// The address before `/v1/chat/completions`.
    pub base_url: String,
    /// The model's name.
    pub model: String,
    /// Sent as the bearer.
    pub api_key: Option<String>,
    /// The most tokens of one answer.
    pub max_tokens: u32,
    /// How long one silence may be.
    pub idle: Duration,
}

/// A model behind an OpenAI-compatible server.
#[derive(Debug, Clone)]
pub struct OpenAiCompatible {
    config: OpenAiConfig,
    client: reqwest::Client,
}

/// A line of events longer than this is no answer.
const LONGEST: usize = 256 * 1024;

impl OpenAiCompatible {
    /// Connects at the first question, not here.
    pub fn new(config: OpenAiConfig) -> Result<Self, ProviderError> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .read_timeout(config.idle)
            .redirect(reqwest::redirect::Policy::none())
            .build();
        Ok(Self { config, client: client.map_err(unavailable)? })
    }

    async fn open(&self, task: &Task) -> Result<reqwest::Response, ProviderError> {
        let body = json!({
            "model": self.config.model,
            "messages": prompt::messages(task),
            "stream": true,
            "stream_options": { "include_usage": true },
            "temperature": 0,
            "max_tokens": self.config.max_tokens,
        });
        let mut request = self.client.post(format!("{}/v1/chat/completions", self.config.base_url.trim_end_matches('/'))).json(&body);
        if let Some(key) = &self.config.api_key {
            request = request.bearer_auth(key);
        }
        let answer = request.send().await.map_err(unavailable)?;
        if answer.status().is_success() { Ok(answer) } else { Err(ProviderError::Unavailable(format!("status {}", answer.status()))) }
    }
}

/// The address may hold a key, so it is not told.
fn unavailable(why: reqwest::Error) -> ProviderError {
    ProviderError::Unavailable(why.without_url().to_string())
}

#[async_trait::async_trait]
impl Provider for OpenAiCompatible {
    fn name(&self) -> &str {
        &self.config.model
    }

    async fn write(&self, task: &Task, out: mpsc::Sender<String>) -> Result<Usage, ProviderError> {
        let mut bytes = self.open(task).await?.bytes_stream();
        let mut usage = Usage { tokens_in: estimate(&prompt::messages(task).to_string()), tokens_out: 0 };
        let mut told = false;
        let mut pending: Vec<u8> = Vec::new();
        while let Some(chunk) = bytes.next().await {
            pending.extend_from_slice(&chunk.map_err(unavailable)?);
            if pending.len() > LONGEST {
                return Err(ProviderError::Unreadable("a line without an end".to_owned()));
            }
            while let Some(end) = pending.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = pending.drain(..=end).collect();
                match read_line(&String::from_utf8_lossy(&line))? {
                    Line::Nothing => {}
                    Line::Done => return Ok(usage),
                    Line::Text(text) => {
                        if !told {
                            usage.tokens_out += estimate(&text);
                        }
                        if out.send(text).await.is_err() {
                            return Ok(usage);
                        }
                    }
                    Line::Usage(counted) => {
                        told = true;
                        usage = counted;
                    }
                }
            }
        }
        Ok(usage)
    }
}

enum Line {
    Nothing,
    Text(String),
    Usage(Usage),
    Done,
}

/// One line of the event stream. Comments, event names and empty lines say nothing.
fn read_line(line: &str) -> Result<Line, ProviderError> {
    let Some(data) = line.trim_end_matches(['\r', '\n']).strip_prefix("data:").map(str::trim) else { return Ok(Line::Nothing) };
    if data == "[DONE]" {
        return Ok(Line::Done);
    }
    let event: Value = serde_json::from_str(data).map_err(|why| ProviderError::Unreadable(why.to_string()))?;
    if let Some(error) = event.get("error") {
        return Err(ProviderError::Unavailable(error.get("message").and_then(Value::as_str).unwrap_or("an error").to_owned()));
    }
    let count = |name: &str| event["usage"][name].as_u64();
    if let (Some(tokens_in), Some(tokens_out)) = (count("prompt_tokens"), count("completion_tokens")) {
        return Ok(Line::Usage(Usage { tokens_in, tokens_out }));
    }
    let text = event["choices"][0]["delta"]["content"].as_str().unwrap_or_default();
    Ok(if text.is_empty() { Line::Nothing } else { Line::Text(text.to_owned()) })
}

/// About four letters a token, when the server does not count.
fn estimate(text: &str) -> u64 {
    text.chars().count().div_ceil(4) as u64
}
