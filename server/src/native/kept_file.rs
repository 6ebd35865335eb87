//! A file that is kept for the next start, on a disk that may not answer.
//!
//! Reading and writing happen aside, on threads that nobody waits for longer than a moment: not on the runtime's own, for
//! the process does not end before those have.
//!
//! Knows nothing of what is kept.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;

use super::{FileReaders, replace_file};

/// The largest file that is kept, in bytes: an asset of 25 MB and what is known of it.
const LARGEST: u64 = 32 * 1024 * 1024;

/// The file, and what is to be written to it next.
#[derive(Debug)]
pub(super) struct KeptFile {
    path: PathBuf,
    /// How long it is waited for.
    patience: Duration,
    next: Next,
    /// Tells the thread that writes that there is something to write.
    wake: SyncSender<()>,
}

/// The newest content, and whom to tell what came of it. Where the disk does not answer, it takes the place of the one
/// before it.
type Next = Arc<Mutex<Option<(Bytes, oneshot::Sender<Result<()>>)>>>;

impl KeptFile {
    /// Gets ready. Nothing is read or written yet.
    ///
    /// # Errors
    ///
    /// When the system has no thread for it.
    pub(super) fn new(path: PathBuf, patience: Duration) -> Result<Self> {
        let (next, (wake, woken)) = (Next::default(), sync_channel(1));
        let (file, waiting) = (path.clone(), next.clone());
        std::thread::Builder::new().name("kept-file".to_owned()).spawn(move || write_all(&file, &waiting, &woken))?;
        Ok(Self { path, patience, next, wake })
    }

    /// What an earlier run kept.
    ///
    /// # Errors
    ///
    /// When there is no such file, it can not be read, or that takes too long.
    pub(super) async fn read(&self) -> Result<Vec<u8>> {
        let path = self.path.clone();
        aside(self.patience, move || read(&path)).await
    }

    /// Keeps `content`. Should that take too long, it goes on all the same.
    ///
    /// # Errors
    ///
    /// When it can not be written, or that takes too long.
    pub(super) async fn write(&self, content: Bytes) -> Result<()> {
        let (done, result) = oneshot::channel();
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some((content, done));
        // Where there is no room for another call, one has not been heard yet.
        _ = self.wake.try_send(());
        match tokio::time::timeout(self.patience, result).await {
            Ok(Ok(written)) => written,
            // Something newer took its place.
            Ok(Err(_)) => Ok(()),
            Err(_) => Err(too_slow()),
        }
    }
}

/// Does `work` on a thread of its own, which is left alone if it takes longer than `patience`.
async fn aside<T: Send + 'static>(patience: Duration, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let (done, result) = oneshot::channel();
    std::thread::Builder::new().spawn(move || _ = done.send(work()))?;
    tokio::time::timeout(patience, result).await.map_err(|_| too_slow())?.map_err(Error::other)?
}

fn too_slow() -> Error {
    Error::new(ErrorKind::TimedOut, "the disk does not answer")
}

/// Writes what is the newest, for as long as there is somebody who may wake it.
fn write_all(path: &Path, next: &Next, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        let newest = next.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((content, done)) = newest {
            // Nobody may be left who waits for it.
            _ = done.send(replace_file(path, &content, FileReaders::Everyone));
        }
    }
}

/// Reads what an earlier run kept. Anything else at that place may never end.
fn read(file: &Path) -> Result<Vec<u8>> {
    let metadata = std::fs::metadata(file)?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(Error::other("it is no file that a server keeps there"));
    }
    std::fs::read(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_server_keeps_is_not_read_however_long_that_would_take() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("last-good.json");
        assert_eq!(read(&file).unwrap_err().kind(), ErrorKind::NotFound);
        std::fs::write(&file, "[]").unwrap();
        assert_eq!(read(&file).unwrap(), b"[]");
        std::fs::File::create(&file).unwrap().set_len(LARGEST + 1).unwrap();
        for other in [file.as_path(), folder.path(), Path::new("/dev/zero")] {
            assert!(read(other).is_err(), "{}", other.display());
        }
    }

    #[tokio::test]
    async fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let kept = KeptFile::new(folder.path().join("last-good.json"), Duration::MAX).unwrap();
        assert_eq!(kept.read().await.unwrap_err().kind(), ErrorKind::NotFound);
        for content in ["1", "2"] {
            kept.write(content.into()).await.unwrap();
            assert_eq!(kept.read().await.unwrap(), content.as_bytes());
        }
    }

    #[tokio::test]
    async fn reading_that_does_not_end_is_left_alone() {
        let (answer, asked) = std::sync::mpsc::channel::<()>();
        let left = aside(Duration::ZERO, move || asked.recv().map_err(Error::other)).await;
        assert_eq!(left.unwrap_err().kind(), ErrorKind::TimedOut);
        drop(answer);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_disk_that_does_not_answer_keeps_nobody_and_has_the_newest_once_it_does() {
        let folder = tempfile::tempdir().unwrap();
        // Whoever opens this to write to it waits until somebody reads.
        let pipe = folder.path().join(".last-good.json.new");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let file = folder.path().join("last-good.json");
        let kept = KeptFile::new(file.clone(), Duration::ZERO).unwrap();
        for content in ["1", "2", "3"] {
            assert_eq!(kept.write(content.into()).await.unwrap_err().kind(), ErrorKind::TimedOut);
            // The first one is on its way before the others come.
            while kept.next.lock().unwrap().as_ref().is_some_and(|(content, _)| content == "1") {
                tokio::task::yield_now().await;
            }
        }
        assert_eq!(std::fs::read_to_string(pipe).unwrap(), "1");
        // A pipe is nothing that can be flushed, so the first one came to nothing.
        while std::fs::read_to_string(&file).ok().as_deref() != Some("3") {
            tokio::task::yield_now().await;
        }
    }
}
