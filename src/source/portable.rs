//! Names that every system can make files of.

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why some system cannot make a file or a folder of that name; none where all can.
pub fn objection(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_port = numbered.is_some_and(|number| matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9"));
    match name {
        "" | "." | ".." => Some("is no name"),
        _ if DEVICES.contains(&stem.as_str()) || is_port => Some("is the name of a device on Windows"),
        _ if name.ends_with(['.', ' ']) => Some("ends with a full stop or a space"),
        _ if name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']) => {
            Some("contains one of < > : \" / \\ | ? *")
        }
        _ if name.chars().any(char::is_control) => Some("contains a control character"),
        _ if name.len() > 255 => Some("is longer than 255 bytes"),
        _ => None,
    }
}

/// Whether a path with forward slashes leads downwards, step by step, by names that every system can make.
pub fn is_plain_path(path: &str) -> bool {
    path.split('/').all(|name| objection(name).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_make_are_told_from_others() {
        for name in
            ["con", "NUL", "aux.yaml", "com1", "Lpt9.md", "prn .png", "a.", "a ", "a:b", "a\\b", "a\u{7}", "..", ""]
        {
            assert!(objection(name).is_some(), "{name:?}");
        }
        for name in ["contacts", "null", "auxiliary.yaml", "com", "com10", "lpt0", "a.b", "café ŵ.png", ".hidden"] {
            assert_eq!(objection(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_plain_path_leads_downwards() {
        assert!(is_plain_path("example/data/costs.csv"));
        for path in ["../content/facts.yaml", "/etc/passwd", "C:/x", "a\\..\\b", "a//b", "a/./b", "a/../b", "", "a/"] {
            assert!(!is_plain_path(path), "{path:?}");
        }
    }
}
