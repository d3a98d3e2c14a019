//! A page that runs no script. The driver's own commands wait for promises there, which never come; the developer tools do not.

use serde_json::{Value, json};

use crate::page::Page;
use crate::target::Target;

impl Page {
    pub(crate) async fn evaluate(&self, script: &str, arguments: &[Value]) -> Option<Value> {
        let expression = format!("(function () {{ {script} }}).apply(null, {})", Value::from(arguments));
        let answer = self.tools("Runtime.evaluate", json!({ "expression": expression, "returnByValue": true })).await;
        answer["exceptionDetails"].is_null().then(|| answer["result"]["value"].clone())
    }

    pub(crate) async fn press_at(&self, target: &Target) {
        let script = "const el = all(arguments[0])[0]; if (!el) return null; el.scrollIntoView({ block: 'nearest' });
            const { left, top, width, height } = el.getBoundingClientRect(); const [x, y] = [left + width / 2, top + height / 2];
            return el.contains(document.elementFromPoint(x, y)) && [x, y]";
        let place = self.until(&format!("{target} can be tapped"), script, vec![json!(target)]).await;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.tools("Input.dispatchMouseEvent", event).await;
        }
    }
}
