//! Files of settings that were damaged or written on another system, black-box.

use serde_json::json;

use crate::world::World;

/// A secret that stands in a line which can not be read.
const SECRET: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn no_command_repeats_a_line_that_it_can_not_read() {
    let world = World::new(0).await.without(&["TWILIO_AUTH_TOKEN"]);
    let text = format!("LOG=info\nTWILIO_AUTH_TOKEN=\"{SECRET}\n");
    std::fs::write(world.file("broken.env"), &text).unwrap();
    std::fs::write(world.file(".env"), &text).unwrap();
    let commands: [&[&str]; 10] = [
        &[],
        &["serve"],
        &["health"],
        &["--env-file", "broken.env"],
        &["serve", "--env-file", "broken.env"],
        &["health", "--env-file", "broken.env"],
        &["pull", "--env-file", "broken.env"],
        &["setup", "--env-file", "broken.env"],
        &["doctor", "--env-file", "broken.env"],
        &["doctor"],
    ];
    for arguments in commands {
        let ran = world.run(arguments).await;
        assert_ne!(ran.code, 0, "{arguments:?}: {ran:?}");
        assert!(!format!("{ran:?}").contains(SECRET), "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains("line 2 of "), "{arguments:?}: {ran:?}");
    }
}

#[tokio::test]
async fn a_file_that_begins_with_a_byte_order_mark_is_read() {
    let mut world = World::new(5).await;
    let token = world.env.remove("TWILIO_AUTH_TOKEN").unwrap();
    std::fs::write(world.file(".env"), format!("\u{feff}TWILIO_AUTH_TOKEN={token}\n")).unwrap();
    let ran = world.run(&["pull", "--out", "extensions.json"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[tokio::test]
async fn the_server_reads_the_file_of_its_folder_and_what_the_environment_sets_wins() {
    let mut world = World::new(5).await;
    let token = world.env.remove("TWILIO_AUTH_TOKEN").unwrap();
    let text = format!("TWILIO_AUTH_TOKEN={token}\nTWILIO_ACCOUNT_SID=AC{}\nPORT=1\n", "0".repeat(32));
    std::fs::write(world.file(".env"), text).unwrap();
    let server = world.serve().await;
    assert_eq!(server.admin(&world, "list", json!({})).await["data"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_folder_with_the_name_of_the_file_is_left_alone() {
    let world = World::new(5).await;
    std::fs::create_dir(world.file(".env")).unwrap();
    let ran = world.run(&["pull", "--out", "extensions.json"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[tokio::test]
async fn the_health_of_a_server_is_asked_where_the_file_of_its_folder_says_that_it_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let world = World::new(0).await;
    std::fs::write(world.file(".env"), format!("PORT={}\n", address.port())).unwrap();
    let ran = world.run(&["health"]).await;
    assert!(ran.stderr.contains(&format!("nothing answers on {address}")), "{ran:?}");
}
