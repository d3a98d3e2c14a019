//! Server-sent events, read from bytes as they come. A cut at any byte, in the middle of a character too, changes nothing.

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Its id: the cursor to resume from. Passing events have none.
    pub id: Option<String>,
    /// Its type.
    pub event: String,
    /// Its data.
    pub data: String,
}

/// Reads frames out of bytes.
#[derive(Debug, Default)]
pub struct Parser {
    /// The line so far, in bytes: only a whole line is a text.
    line: Vec<u8>,
    /// The last byte was a carriage return, so that a line feed after it ends no second line.
    after_cr: bool,
    /// The first line may begin with a byte order mark.
    begun: bool,
    frame: Frame,
    has_data: bool,
}

impl Parser {
    /// Reads more bytes; each frame that they complete is handed over.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(Frame)) {
        for &byte in bytes {
            match byte {
                b'\n' if self.after_cr => {}
                b'\n' | b'\r' => self.end_line(each),
                _ => self.line.push(byte),
            }
            self.after_cr = byte == b'\r';
        }
    }

    fn end_line(&mut self, each: &mut dyn FnMut(Frame)) {
        let bytes = std::mem::take(&mut self.line);
        // A line that is no text is none of ours.
        let mut line = std::str::from_utf8(&bytes).unwrap_or(":");
        if !self.begun {
            self.begun = true;
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            let frame = std::mem::take(&mut self.frame);
            if std::mem::take(&mut self.has_data) {
                each(frame);
            }
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "id" => self.frame.id = Some(value.to_owned()),
            "event" => value.clone_into(&mut self.frame.event),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.frame.data.push('\n');
                }
                self.frame.data.push_str(value);
            }
            // A comment, a field that we don't use (retry), or one of a newer protocol.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "\u{feff}: hello\r\n\r\nid: 7\nevent: message.posted\ndata: {\"text\":\"Grüße, 日本語, 🧣\"}\n\n\
        event: assistant.delta\rdata: {\"a\":\rdata: 1}\r\r: beat\n\nevent: nothing\n\ndata:x\r\n\r\nid: 8\ndata: half";

    fn read(parts: &[&[u8]]) -> Vec<Frame> {
        let (mut parser, mut frames) = (Parser::default(), Vec::new());
        for part in parts {
            parser.push(part, &mut |frame| frames.push(frame));
        }
        frames
    }

    fn frame(id: Option<&str>, event: &str, data: &str) -> Frame {
        Frame { id: id.map(str::to_owned), event: event.into(), data: data.into() }
    }

    #[test]
    fn frames_are_read() {
        assert_eq!(
            read(&[STREAM.as_bytes()]),
            [
                frame(Some("7"), "message.posted", "{\"text\":\"Grüße, 日本語, 🧣\"}"),
                frame(None, "assistant.delta", "{\"a\":\n1}"),
                frame(None, "", "x"),
            ]
        );
    }

    #[test]
    fn a_cut_at_any_byte_changes_nothing() {
        let whole = read(&[STREAM.as_bytes()]);
        for cut in 0..=STREAM.len() {
            let (one, two) = STREAM.as_bytes().split_at(cut);
            assert_eq!(read(&[one, two]), whole, "cut at {cut}");
        }
        let single: Vec<&[u8]> = STREAM.as_bytes().chunks(1).collect();
        assert_eq!(read(&single), whole);
    }
}
