//! What would grow for ever is let go of.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;

/// Every minute.
pub async fn run(app: Arc<App>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(60)) => app.limits.forget_quiet(),
            () = app.closing.cancelled() => return,
        }
    }
}
