//! The smallest HTTP/1.1 client that a measurement needs: calls over one kept connection, and streams read line by line. Plain std,
//! so that xtask stays quick to build, and what it costs is not measured with the server.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A kept connection.
pub(super) struct Client {
    reader: BufReader<TcpStream>,
    host: String,
}

impl Client {
    /// Connects.
    pub(super) fn connect(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).with_context(|| format!("cannot connect to {host}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Client { reader: BufReader::new(stream), host: host.to_owned() })
    }

    /// POSTs JSON and reads the answer.
    pub(super) fn post(&mut self, path: &str, token: Option<&str>, body: &Value) -> Result<Value> {
        let body = body.to_string();
        self.send("POST", path, token, &body)?;
        let length = self.head()?.context("the answer has no length")?;
        let mut answer = vec![0; length];
        self.reader.read_exact(&mut answer)?;
        serde_json::from_slice(&answer).context("the answer is not JSON")
    }

    /// Opens a stream of events.
    pub(super) fn follow(mut self, path: &str, token: &str) -> Result<Events> {
        self.send("GET", path, Some(token), "")?;
        self.head()?;
        Ok(Events { reader: self.reader })
    }

    fn send(&mut self, method: &str, path: &str, token: Option<&str>, body: &str) -> Result<()> {
        let host = &self.host;
        let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{token}\r\n{body}"
        );
        Ok(self.reader.get_mut().write_all(request.as_bytes())?)
    }

    /// Reads a head: the length of the body, none for a stream.
    fn head(&mut self) -> Result<Option<usize>> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        if !line.contains(" 20") {
            bail!("the server answered {}", line.trim());
        }
        let mut length = None;
        loop {
            line.clear();
            self.reader.read_line(&mut line)?;
            let header = line.trim().to_ascii_lowercase();
            if header.is_empty() {
                return Ok(length);
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = Some(value.trim().parse()?);
            }
        }
    }
}

/// A stream of events.
pub(super) struct Events {
    reader: BufReader<TcpStream>,
}

impl Events {
    /// Reads until an event of this type has come.
    pub(super) fn until(&mut self, kind: &str) -> Result<()> {
        let wanted = format!("event: {kind}");
        let mut line = String::new();
        loop {
            line.clear();
            if self.reader.read_line(&mut line)? == 0 {
                bail!("the stream ended before {kind}");
            }
            if line.trim_end() == wanted {
                return Ok(());
            }
        }
    }
}
