//! A customer's own Flow and Workflow in files.

use crate::world::World;

#[tokio::test]
async fn files_are_checked_without_an_account() {
    let world = World::new(0).await;
    let flow = ["flow", "studio", "--url", "https://x.example.com/agentExtensions"];
    let flow = [&flow[..], &["--workflow", "WW1", "--task-channel", "TC1"]].concat();
    std::fs::write(world.file("flow.json"), world.run(&flow).await.stdout).unwrap();
    let workflow = ["flow", "workflow", "--agents-queue", "WQ1", "--fallback-queue", "WQ2"];
    std::fs::write(world.file("workflow.json"), world.run(&workflow).await.stdout).unwrap();
    let mut world = world;
    world.env.clear();
    let lint = ["doctor", "lint", "flow.json", "workflow.json"];
    assert_eq!(world.run(&lint).await.code, 0);
    let broken = world.read("workflow.json").replace("task.workerSID", "task.workerId");
    std::fs::write(world.file("workflow.json"), broken).unwrap();
    let ran = world.run(&lint).await;
    assert!(ran.code == 1 && ran.stdout.contains("[attribute-spelling]"), "{ran:?}");
    let ran = world.run(&["doctor", "lint", "flow.json", "--min-digits", "12", "--max-digits", "12", "--json"]).await;
    assert!(ran.code == 1 && ran.stdout.contains("gather-too-short"), "{ran:?}");
    std::fs::write(world.file("other.json"), "[]").unwrap();
    for file in ["other.json", "nowhere.json"] {
        let ran = world.run(&["doctor", "lint", file]).await;
        assert!(ran.code == 2 && ran.stderr.contains(file), "{ran:?}");
    }
}
