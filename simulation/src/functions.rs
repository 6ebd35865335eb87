//! Twilio Functions whose asset is private: a process belongs to a Build and reads the asset of that Build only, and some
//! time after a Deployment others take its place that belong to the new one.
//!
//! Knows nothing of what a process answers.

use crate::replica::Server;

/// How long a process of the Build before is still asked after a Deployment, in milliseconds.
const LIVES_ON: (u64, u64) = (50, 8_000);

/// Lets processes of the new Build take the place of the others after each Deployment, until the run ends.
pub(crate) async fn follow_deployments(server: Server) {
    loop {
        server.world.deployed.notified().await;
        for replica in 0..server.count() {
            server.world.executor.spawn(None, take_over(server.clone(), replica));
        }
    }
}

/// What the process before is doing, it does to the end; who asks from now on asks the new one.
async fn take_over(server: Server, replica: usize) {
    server.world.pause(LIVES_ON.0, LIVES_ON.1).await;
    if server.is_running(replica) {
        server.world.trace(|| format!("replica {replica} belongs to the Build that is live now"));
        server.start_replica(replica);
    }
}
