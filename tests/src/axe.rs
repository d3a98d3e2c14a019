//! axe-core on a page, with all its rules, best practices too.

use serde_json::{Value, json};

use crate::page::Page;
use crate::place;

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub enum Whole {
    /// The chat, its shadow included.
    Chat,
    /// The page.
    Page,
}

const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run(arguments[0] ? { include: [['warmline-chat']] } : document, { resultTypes: ['violations'] }).then(
  ({ violations }) => done(violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
    nodes: nodes.map(({ target, html, failureSummary }) => [JSON.stringify(target), html.slice(0, 300), failureSummary].join('\\n    ')) }))),
  (error) => done(String(error)))";

impl Page {
    /// Fails when axe finds anything. `state` names what is looked at.
    pub async fn axe(&self, whole: Whole, state: &str) {
        let script = place::axe();
        let text = std::fs::read_to_string(&script)
            .unwrap_or_else(|error| panic!("{} ({error}): cargo xtask test --only journeys brings it", script.display()));
        self.driver().execute(format!("if (!window.axe) {{ {text} }}"), vec![]).await.expect("axe can be loaded");
        let chat = matches!(whole, Whole::Chat);
        let found = self.driver().execute_async(RUN, vec![json!(chat)]).await.expect("axe runs").json().clone();
        if found.as_array().is_some_and(Vec::is_empty) {
            return;
        }
        let lines = found.as_array().map(|found| found.iter().map(line).collect::<Vec<_>>().join("\n"));
        self.fail(&format!("axe, {state}:\n{}", lines.unwrap_or_else(|| found.to_string()))).await;
    }
}

fn line(violation: &Value) -> String {
    let word = |name: &str| violation[name].as_str().unwrap_or_default().to_owned();
    let nodes: Vec<_> = violation["nodes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    format!("{} ({}): {}\n  {}", word("id"), word("impact"), word("help"), nodes.join("\n  "))
}
