//! Front matter: `key: value` lines between two lines of dashes. Only the contract's keys mean something; others are left alone.

use super::{Article, ArticleError};

pub(super) fn read(text: &str, place: &str) -> Result<Article, ArticleError> {
    let refuse = |what: &str| ArticleError::Malformed { place: place.to_owned(), what: what.to_owned() };
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let inside = text.strip_prefix("---\n").ok_or_else(|| refuse("it does not begin with front matter (a line of three dashes)"))?;
    let (head, body) = inside.split_once("\n---").ok_or_else(|| refuse("its front matter has no end (a line of three dashes)"))?;
    let value = |key: &str| {
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.trim() == key)
            .map(|(_, value)| unquoted(value.trim()))
            .filter(|value| !value.is_empty())
    };
    Ok(Article {
        id: value("id").ok_or_else(|| refuse("its front matter has no id"))?,
        title: value("title").ok_or_else(|| refuse("its front matter has no title"))?,
        url: value("url"),
        locale: value("locale"),
        updated: value("updated"),
        body: body.trim_start_matches('-').trim().to_owned(),
    })
}

fn unquoted(value: &str) -> String {
    for mark in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            return inner.replace(&format!("\\{mark}"), &mark.to_string());
        }
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read() {
        let article = read("---\nid: returns\ntitle: \"Returns: how\"\nlocale: en\n---\n\nText.", "returns.md").unwrap();
        assert_eq!((article.id.as_str(), article.title.as_str(), article.body.as_str()), ("returns", "Returns: how", "Text."));
        assert!(read("# Returns", "x.md").unwrap_err().to_string().contains("x.md"));
    }
}
