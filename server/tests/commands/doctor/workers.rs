//! The agents of the extensions.

use super::{finds, healthy, text};

#[tokio::test]
async fn an_agent_who_was_deleted() {
    let world = healthy().await;
    let row = world.rows().await[0].clone();
    world.delete(&world.workspace(&format!("/Workers/{}", text(&row["workerSid"])))).await;
    let finding = finds(&world, &["worker-deleted"]).await;
    assert!(text(&finding["where"]).contains(text(&row["workerFullName"])), "{finding:#}");
}

#[tokio::test]
async fn an_agent_who_was_renamed() {
    let world = healthy().await;
    let row = world.rows().await[0].clone();
    let path = world.workspace(&format!("/Workers/{}", text(&row["workerSid"])));
    world.write(&path, &[("Attributes", r#"{"full_name":"New Name"}"#)]).await;
    let finding = finds(&world, &["worker-renamed"]).await;
    assert!(text(&finding["where"]).contains("now New Name"), "{finding:#}");
}

#[tokio::test]
async fn agents_who_are_not_in_the_queue_that_rings_them() {
    let world = healthy().await;
    let queue = world.named(&world.workspace("/TaskQueues"), "task_queues", "Everyone").await;
    let path = world.workspace(&format!("/TaskQueues/{}", text(&queue["sid"])));
    world.write(&path, &[("TargetWorkers", "team_name == 'Sales'")]).await;
    let finding = finds(&world, &["worker-not-in-queue"]).await;
    assert!(text(&finding["message"]).contains("40152") && text(&finding["where"]).contains("more"), "{finding:#}");
}
