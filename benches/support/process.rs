//! Measurements in processes of their own.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

const CHILD: &str = "TALLY_BENCH_CHILD";

/// What a piece of work cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    pub elapsed: Duration,
    /// Of all threads.
    pub cpu: Duration,
    /// Largest memory of the process in MB.
    pub memory: u64,
}

/// Whether this process does one piece of work for another.
pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Does a piece of work in a new process of this program; what it prints last is `elapsed cpu memory`, and what it
/// prints before is given back.
pub fn measured(arguments: &[&str]) -> (Cost, String) {
    let program = std::env::current_exe().expect("this program has a place");
    let output = Command::new(program).args(arguments).env(CHILD, "1").output().expect("a process can be started");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (said, last) = text.trim_end().rsplit_once('\n').unwrap_or(("", text.trim_end()));
    let numbers: Vec<u64> = last.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [elapsed, cpu, memory] = numbers[..] else { panic!("{last}") };
    let cost = Cost { elapsed: Duration::from_micros(elapsed), cpu: Duration::from_micros(cpu), memory };
    (cost, said.to_owned())
}

/// Does a piece of work and says what it cost. `begun` is when the process began.
pub fn report(begun: Instant) {
    println!("{} {} {}", begun.elapsed().as_micros(), cpu().as_micros(), memory());
}

/// CPU time of this process so far, all threads together.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or_default(), time.tv_nsec.try_into().unwrap_or_default())
}

/// Largest memory of this process so far, in MB.
pub fn memory() -> u64 {
    status("VmHWM:")
}

/// Memory of this process now, in MB.
pub fn memory_now() -> u64 {
    status("VmRSS:")
}

fn status(name: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0) / 1024
}
