//! The same content gives the same bytes: in another process, from another folder, to another folder.

use std::process::Command;

use crate::support::{Sandbox, files};

#[test]
fn two_builds_in_two_processes_and_folders_are_the_same() {
    let build = |content: &str| {
        let sandbox = Sandbox::shipped();
        let moved = sandbox.path().join(content);
        std::fs::create_dir_all(moved.parent().unwrap()).unwrap();
        std::fs::rename(sandbox.content(), &moved).unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_tally"))
            .args(["--quiet", "--content"])
            .arg(&moved)
            .arg("--output")
            .arg(sandbox.output())
            .status()
            .unwrap();
        assert!(status.success());
        files(&sandbox.output())
    };
    let (one, other) = (build("content"), build("quite/another/folder"));
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    for ((name, one), (_, other)) in one.iter().zip(&other) {
        assert!(one == other, "{name} differs");
    }
}
