//! Whatever an asset holds: each row in it that can be told leads to its agent, and people see as many rows as there are.
//!
//! From outside: nothing. `deployed` tests where the asset is read.
//!
//! Knows nothing of what is looked up or published.

mod deployed;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use shared::{AgentExtension, Directory};

use super::*;

fn number(n: usize) -> String {
    (1_000 + n).to_string()
}

fn worker(n: usize) -> String {
    format!("WK{n:032x}")
}

fn sound(n: usize) -> String {
    json!({"workerFullName": format!("Agent {n}"), "extensionNumber": number(n), "workerSid": worker(n)}).to_string()
}

fn asset(rows: &[Vec<u8>]) -> Vec<u8> {
    [b"[", rows.join(&b",\n"[..]).as_slice(), b"]"].concat()
}

/// Values that are JSON, or nearly so, and that not every reader takes.
const ODD: [&[u8]; 14] = [
    br#""\ud83d""#,
    br#""\udc00 \ud83d""#,
    b"1e999",
    b"-1e999",
    b"\"\xff\"",
    b"\"\xf0\x9f\"",
    b"\"\xed\xa0\xbd\"",
    br#"{"\ud83d":1}"#,
    b"{\"a\":[\"\xc3\"]}",
    br#"{"extensionNumber":1e999,"workerSid":"\ud83d"}"#,
    br#"[[["\ud83d"]]]"#,
    b"{\"workerFullName\":\"\xff\",\"extensionNumber\":\"7\",\"workerSid\":[]}",
    br#"{"extensionNumber":"1000","extensionNumber":5}"#,
    b"{}",
];

fn deep(levels: usize) -> Vec<u8> {
    [b"[".repeat(levels), b"]".repeat(levels)].concat()
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let name = prop_oneof![proptest::sample::select(&AgentExtension::FIELDS[..]).prop_map(str::to_owned), ".{0,4}"];
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((name, inner), 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn odd_value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::sample::select(&ODD[..]).prop_map(<[u8]>::to_vec),
        (90usize..1_200).prop_map(deep),
        (1usize..40_000).prop_map(|length| format!("\"{}\"", "x".repeat(length)).into_bytes()),
        json_value().prop_map(|value| value.to_string().into_bytes()),
    ]
}

/// What the view makes of the rows that it is shown.
fn shown(listed: &Listed) -> Reading {
    let rows: Vec<Value> = listed.rows.iter().map(|row| serde_json::from_str(row.get()).unwrap()).collect();
    Directory::read(&rows)
}

/// Number, Worker and name of each row that leads to an agent.
fn agents(directory: &Directory) -> Vec<[String; 3]> {
    let agent = |row: &AgentExtension| {
        [row.extension_number.to_string(), row.worker_sid.to_string(), row.worker_full_name.clone()]
    };
    directory.iter().map(agent).collect()
}

#[test]
fn what_no_reader_takes_in_one_row_costs_nobody_the_agent() {
    let odd_ones = ODD.iter().map(|odd| odd.to_vec()).chain([deep(1_000), b"9".repeat(5_000)]);
    for odd in odd_ones {
        let with = |field: &str, n: usize| {
            let row = sound(n)
                .replace('{', &format!("{{\"{field}\":\u{1},"))
                .replace(r#""workerFullName":"Agent"#, "\"x\":\"");
            row.as_bytes().split(|byte| *byte == 1).collect::<Vec<_>>().join(odd.as_slice())
        };
        let content =
            asset(&[sound(0).into_bytes(), with("workerFullName", 1), with("note", 2), sound(3).into_bytes()]);
        let (reading, listed) = (read(&content).unwrap(), Listed::read(&content).unwrap());
        let text = String::from_utf8_lossy(&content[..content.len().min(400)]);
        for n in 0..4 {
            let found = reading.directory.get(&number(n)).map(|row| row.worker_sid.to_string());
            assert_eq!(found, Some(worker(n)), "{n} of {text}");
        }
        assert_eq!((reading.rows, reading.rejected.len(), listed.rows.len()), (4, 0, 4), "{text}");
        assert_eq!(agents(&shown(&listed).directory), agents(&reading.directory), "{text}");
        assert!(reading.odd.iter().any(|odd| odd.row == 1), "{text}");
        assert_eq!(shown(&listed).odd, reading.odd, "{text}");
    }
}

#[test]
fn more_rows_than_anybody_ever_published_are_no_directory() {
    let rows = |count: usize| format!("[{}1]", "1,".repeat(count - 1));
    assert_eq!(read(rows(MOST_ROWS).as_bytes()).unwrap().rejected.len(), MOST_ROWS);
    assert_eq!(read(rows(MOST_ROWS + 1).as_bytes()), Err(RowsError::TooMany));
    assert_eq!(Listed::read(rows(MOST_ROWS + 1).as_bytes()).unwrap_err(), RowsError::TooMany);
    let cut_off = rows(MOST_ROWS).replace(']', "");
    assert!(matches!(read(cut_off.as_bytes()), Err(RowsError::NotAnArray(_))));
}

#[test]
fn what_is_wrong_with_an_asset_is_said_in_few_words() {
    for content in
        [format!("\"{}\"", "x".repeat(100_000)), "{}".into(), "[1,]".into(), "[1] 2".into(), "[1".into(), String::new()]
    {
        let Err(RowsError::NotAnArray(problem)) = read(content.as_bytes()) else { panic!("read") };
        assert!((1..=200).contains(&problem.chars().count()), "{problem}");
    }
    let Err(RowsError::NotAnArray(problem)) = read(b"{}") else { panic!("read") };
    assert!(problem.starts_with("invalid type: map, expected an array of rows"), "{problem}");
}

proptest! {
    #[test]
    fn each_sound_row_among_odd_ones_leads_to_its_agent(rows in vec(proptest::option::of(odd_value()), 0..20)) {
        let rows: Vec<_> =
            rows.into_iter().enumerate().map(|(n, odd)| odd.ok_or_else(|| sound(n).into_bytes())).collect();
        let content = asset(&rows.iter().map(|row| row.clone().unwrap_or_else(|sound| sound)).collect::<Vec<_>>());
        let (reading, listed) = (read(&content).unwrap(), Listed::read(&content).unwrap());
        prop_assert_eq!((reading.rows, listed.rows.len()), (rows.len(), rows.len()));
        for (n, row) in rows.iter().enumerate() {
            if let Err(sound) = row {
                let found = reading.directory.get(&number(n)).map(|row| row.worker_sid.to_string());
                prop_assert_eq!(found, Some(worker(n)));
                prop_assert_eq!(listed.rows[n].get().as_bytes(), sound.as_slice());
            }
        }
        let shown = shown(&listed);
        prop_assert_eq!(agents(&shown.directory), agents(&reading.directory));
        let where_rejected = |reading: &Reading| reading.rejected.iter().map(|row| row.row).collect::<Vec<_>>();
        prop_assert_eq!(where_rejected(&shown), where_rejected(&reading));
    }

    #[test]
    fn a_row_leads_to_its_agent_whatever_else_is_in_it(
        odd in vec((prop_oneof![".{0,6}", r"\\ud83d"], odd_value()), 1..4), before in any::<bool>(),
    ) {
        let name = |name: &str| if name == r"\ud83d" { format!("\"{name}\"") } else { json!(format!("x{name}")).to_string() };
        let odd: Vec<_> = odd.iter().map(|(field, value)| [name(field).as_bytes(), b":", value].concat()).collect();
        let (odd, sound) = (odd.join(&b","[..]), sound(0));
        let own = sound.trim_matches(['{', '}']).as_bytes();
        let fields = if before { [&odd, own] } else { [own, &odd] };
        let content = asset(&[[b"{", fields.join(&b","[..]).as_slice(), b"}"].concat()]);
        let (reading, listed) = (read(&content).unwrap(), Listed::read(&content).unwrap());
        prop_assert_eq!(agents(&reading.directory), [[number(0), worker(0), "Agent 0".to_owned()]]);
        prop_assert_eq!(agents(&shown(&listed).directory), agents(&reading.directory));
    }

    #[test]
    fn any_content_is_read_or_said_to_be_no_directory(bytes in any::<Vec<u8>>(), value in json_value()) {
        for content in [bytes.clone(), [b"[", bytes.as_slice(), b"]"].concat(), value.to_string().into_bytes()] {
            match (read(&content), Listed::read(&content)) {
                (Ok(reading), Ok(listed)) => prop_assert_eq!(reading.rows, shown(&listed).rows),
                (Err(one), Err(other)) => prop_assert_eq!(one, other),
                (reading, listed) => prop_assert!(false, "{:?}, but {:?}", reading, listed),
            }
        }
        let rows = value.as_array().map(Vec::len);
        prop_assert_eq!(read(value.to_string().as_bytes()).ok().map(|reading| reading.rows), rows);
    }
}

#[test]
fn a_directory_that_nobody_can_read_is_replaced_and_one_that_only_this_process_can_not_read_is_not() {
    let path = "/extensions.json".to_owned();
    let damaged = ReadError::NotADirectory { path: path.clone(), problem: "no array".to_owned() };
    for error in [damaged, ReadError::TooManyRows(path.clone()), ReadError::BuildGone("ZB1".to_owned())] {
        assert!(error.is_replaceable(), "{error}");
    }
    for error in [ReadError::Private(path), ReadError::OlderBuild] {
        assert!(!error.is_replaceable(), "{error}");
    }
}
