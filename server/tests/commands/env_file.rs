//! Files of settings that were damaged or written on another system, black-box.

use crate::world::World;

/// A secret that stands in a line which can not be read.
const SECRET: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn no_command_repeats_a_line_that_it_can_not_read() {
    let world = World::new(0).await.without(&["TWILIO_AUTH_TOKEN"]);
    let text = format!("LOG=info\nTWILIO_AUTH_TOKEN=\"{SECRET}\n");
    std::fs::write(world.file("broken.env"), &text).unwrap();
    std::fs::write(world.file(".env"), &text).unwrap();
    let commands: [&[&str]; 7] = [
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
