//! The accept loop. Our own, since streams are many and a connection's read buffer should be small.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::{router, worker};

/// The smallest read buffer that hyper takes.
const READ_BUFFER: usize = 8 * 1024;
/// A head must come in so many seconds: slow ones hold a connection no longer.
const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// Calls that run when the server stops have so long to end.
const FINISH_WITHIN: Duration = Duration::from_secs(10);

/// Binds; a port that is taken is said with what to do next.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "{address} can't be listened on: is another program there? Choose another port, for example with --port {}",
            address.port().wrapping_add(1)
        )
    })
}

/// Serves until SIGINT or SIGTERM, or until `app.closing`. `ready` is called once calls are welcome.
pub async fn serve(app: Arc<App>, listener: TcpListener, ready: impl FnOnce()) -> anyhow::Result<()> {
    let routes = router::router(app.clone());
    let mut workers = worker::start(&app);
    let connections = TaskTracker::new();
    let mut stop = std::pin::pin!(stop_signal());
    ready();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
            () = app.closing.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                connections.spawn(connection(app.clone(), routes.clone(), stream, peer));
            }
            Err(error) => {
                // Out of file descriptors, or the peer was faster: neither ends the server.
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
    tracing::info!("stopping");
    app.closing.cancel();
    connections.close();
    let _ = tokio::time::timeout(FINISH_WITHIN, connections.wait()).await;
    let _ = tokio::time::timeout(FINISH_WITHIN, async { while workers.join_next().await.is_some() {} }).await;
    Ok(())
}

async fn connection(app: Arc<App>, routes: axum::Router, stream: TcpStream, peer: SocketAddr) {
    // Words of an answer go out as they come.
    let _ = stream.set_nodelay(true);
    let service = tower::ServiceBuilder::new()
        .map_request(move |mut request: http::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request.map(axum::body::Body::new)
        })
        .service(routes);
    let connection = http1::Builder::new()
        .max_buf_size(READ_BUFFER)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = app.closing.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::error!(%error, "SIGTERM cannot be listened for");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
