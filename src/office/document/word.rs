pub const OWN_PART: &str = "https://tally.example/document";
pub const OWN_ROOT: &str = "tally";
