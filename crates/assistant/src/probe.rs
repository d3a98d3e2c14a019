//! Tuning aid.
use crate::{articles::Articles, retrieve::*, text::guess_language};
use std::path::Path;
#[test]
fn probe() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/articles");
    let articles = Articles::read(&root).unwrap();
    let rows = std::fs::read_to_string(std::env::var("PROBE").unwrap_or("/tmp/probe.tsv".into())).unwrap_or_default();
    let (mut right, mut n, mut declined, mut m, mut asked, mut wrong) = (0, 0, 0, 0, 0, 0);
    let start = std::time::Instant::now();
    for row in rows.lines() {
        let Some((want, text)) = row.split_once('\t') else { continue };
        let q = Query::new(text, guess_language(text, "en"), &articles.index);
        let choice = choose(&articles, &q, None, &[]);
        let id = |f: &Found| articles.article(&articles.passages[f.passage]).unwrap().id.clone();
        let got: Vec<String> = match &choice { Choice::One(f) => vec![id(f)], Choice::Close(l) => l.iter().map(id).collect(), Choice::None => vec![] };
        let ok_set: Vec<&str> = want.split('|').collect();
        let mark = if want == "-" { m += 1; if got.is_empty() { declined += 1; "ok" } else if got.len() > 1 { "ASKS" } else { "ANSWERED" } }
            else { n += 1; if got.len() == 1 && ok_set.contains(&got[0].as_str()) { right += 1; "ok" } else if got.len() > 1 && got.iter().any(|g| ok_set.contains(&g.as_str())) { asked += 1; "asks" } else if got.is_empty() { "REFUSED" } else { wrong += 1; "WRONG" } };
        if mark != "ok" {
            println!("{mark} [{want}] {text}");
            for f in ranked(&articles, &q, None, &[]).iter().take(3) { println!("     {} {:.2} cov {:.2} : {}", id(f), f.score, f.coverage, articles.passages[f.passage].sentences[f.best].quote.chars().take(70).collect::<String>()); }
        }
    }
    println!("right {right}/{n} asked {asked} wrong {wrong}; declined {declined}/{m}; {:?} per question", start.elapsed() / (n + m).max(1));
}
