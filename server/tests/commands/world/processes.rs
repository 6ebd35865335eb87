//! The binary as a server, and at a terminal.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::{Ran, SETTINGS, World, answer};

/// A running server; dropping it ends it.
pub(crate) struct Server {
    pub(crate) url: String,
    process: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl World {
    /// Runs the binary at a terminal where somebody types `typed`.
    #[cfg(target_os = "linux")]
    pub(crate) async fn run_at_a_terminal(&self, arguments: &str, typed: &'static str) -> Ran {
        let mut command = Command::new("script");
        let program = format!("{} {arguments}", env!("CARGO_BIN_EXE_agent-extensions"));
        command.args(["-qec", &program, "/dev/null"]).current_dir(self.folder.path()).env_clear().envs(SETTINGS);
        command.envs(self.env.iter().filter(|(name, _)| !name.starts_with("DEMO_"))).env("SHELL", "/bin/sh");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = tokio::task::spawn_blocking(move || {
            let mut process = command.spawn().unwrap();
            // Kept open to the end: a terminal does not close because nobody types.
            let mut keyboard = process.stdin.take().unwrap();
            keyboard.write_all(typed.as_bytes()).unwrap();
            let mut stdout = String::new();
            process.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
            (process.wait().unwrap(), stdout)
        });
        let (status, stdout) = output.await.unwrap();
        Ran { code: status.code().unwrap(), stdout, stderr: String::new() }
    }

    /// Starts the server and waits until it listens.
    pub(crate) async fn serve(&self) -> Server {
        self.try_serve("0").await.unwrap()
    }

    /// The same on a port; none if that is taken.
    async fn try_serve(&self, port: &str) -> Option<Server> {
        let mut command = self.command(&[]);
        command.envs([("PORT", port), ("BIND", "127.0.0.1")]).stdout(Stdio::piped()).stderr(Stdio::null());
        let started = tokio::task::spawn_blocking(move || {
            let mut server = Server { url: String::new(), process: command.spawn().unwrap() };
            let mut line = String::new();
            BufReader::new(server.process.stdout.take().unwrap()).read_line(&mut line).unwrap();
            server.url = line.trim().strip_prefix("server: ")?.to_owned();
            Some(server)
        });
        started.await.unwrap()
    }

    /// Starts a server that knows the address it is reached at, and sets that address.
    pub(crate) async fn serve_at_its_own_address(&mut self) -> Server {
        loop {
            // The port is free now; should another process take it before the server does, another one is tried.
            let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            self.env.insert("FLEX_APP_FUNCTIONS_BASE".to_owned(), format!("http://127.0.0.1:{port}"));
            if let Some(server) = self.try_serve(&port.to_string()).await {
                return server;
            }
        }
    }
}

impl Server {
    /// The whole chain from the Flex UI's point of view: list, update, publish.
    pub(crate) async fn publish(&self, world: &World, rows: &[Value]) {
        let list = self.admin(world, "list", json!({})).await;
        let update = self.admin(world, "update", json!({"data": rows, "version": list["version"]})).await;
        self.admin(world, "publish", json!({"buildSid": update["buildSid"]})).await;
    }

    pub(crate) async fn admin(&self, world: &World, what: &str, mut body: Value) -> Value {
        body["Token"] = json!(world.env["DEMO_TOKEN_SUPERVISOR"]);
        answer(world.http.post(format!("{}/admin/{what}", self.url)).json(&body)).await
    }

    pub(crate) async fn dial(&self, world: &World, extension: &str) -> Value {
        let request = world.http.get(format!("{}/agentExtensions", self.url)).query(&[("agentExt", extension)]);
        answer(request.basic_auth(&world.env["TWILIO_ACCOUNT_SID"], Some(&world.env["TWILIO_AUTH_TOKEN"]))).await
    }
}
