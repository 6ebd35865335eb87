//! Waits for the signal to stop.

use anyhow::Result;

/// Ctrl-C, SIGTERM from whoever started us, or SIGHUP from a closed terminal.
///
/// # Errors
///
/// When the signals cannot be listened to.
#[cfg(unix)]
pub(crate) fn signal() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}

/// Ctrl-C.
///
/// # Errors
///
/// Never on this platform.
#[cfg(not(unix))]
pub(crate) fn signal() -> Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
