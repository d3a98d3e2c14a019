//! Which links a message may hold. The server lets only these through; the browser does not rely on that.

/// Whether an address may be a link: http(s), mailto and tel, nothing else.
pub fn is_safe(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    (web && rest.starts_with("//")) || scheme.eq_ignore_ascii_case("mailto") || scheme.eq_ignore_ascii_case("tel")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_mail_and_telephones_are_links() {
        for good in ["https://shop.example/a", "HTTP://shop.example", "mailto:help@shop.example", "tel:+441170000"] {
            assert!(is_safe(good), "{good}");
        }
        for bad in ["javascript:alert(1)", " javascript:x", "java\nscript:x", "data:text/html,x", "/a", "//a", "https:x", "", "vbscript:x"]
        {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
