//! Two tests at a time: more browsers than that starve each other on a small machine, and what is slow looks broken.

use std::fs::File;
use std::time::Duration;

use crate::place;

const AT_ONCE: usize = 2;

/// A place among the tests that run; a lock on a file, since each test may be a process of its own.
#[derive(Debug)]
pub(crate) struct Turn {
    _held: File,
}

impl Turn {
    /// Waits for a place.
    pub(crate) async fn take() -> Self {
        let folder = place::turns();
        std::fs::create_dir_all(&folder).expect("target can be written");
        loop {
            for number in 0..AT_ONCE {
                let file = File::create(folder.join(format!("browser-{number}.lock"))).expect("target can be written");
                if file.try_lock().is_ok() {
                    return Turn { _held: file };
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
