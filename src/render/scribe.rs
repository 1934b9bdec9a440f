//! Lets a template write a text, for as long and as much as it may.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tera::Context;

use super::language::Speaking;
use crate::patience::within;

/// How much it may write, in bytes.
const LARGEST_TEXT: usize = 1 << 30;

/// Why there is no text.
pub enum Unwritten {
    /// The template is faulty.
    Faulty(tera::Error),
    /// It did not come to an end in time.
    Endless,
    /// It wrote more than any page can have.
    TooLong,
}

/// What a template writes. Once nobody waits for it any more it takes nothing, which ends what writes in circles.
struct Paper {
    text: Vec<u8>,
    is_given_up: Arc<AtomicBool>,
    is_full: bool,
}

/// Writes a text with a template.
pub fn write(engine: &Speaking, name: &str, context: Context, limit: Duration) -> Result<String, Unwritten> {
    let is_given_up = Arc::new(AtomicBool::new(false));
    let paper = Paper { text: Vec::new(), is_given_up: Arc::clone(&is_given_up), is_full: false };
    let (engine, name) = (engine.clone(), name.to_owned());
    let written = within(limit, move || {
        let mut paper = paper;
        let result = engine.write(&name, &context, &mut paper);
        (result, paper)
    });
    match written {
        Some((_, Paper { is_full: true, .. })) => Err(Unwritten::TooLong),
        Some((Ok(()), paper)) => Ok(String::from_utf8_lossy(&paper.text).into_owned()),
        Some((Err(error), _)) => Err(Unwritten::Faulty(error)),
        None => {
            is_given_up.store(true, Ordering::Relaxed);
            Err(Unwritten::Endless)
        }
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full = self.text.len() + bytes.len() > LARGEST_TEXT;
        if self.is_full || self.is_given_up.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tera::Tera;

    use super::*;
    use crate::wording::Wording;

    #[test]
    fn a_template_that_goes_in_circles_is_given_up() {
        let many = "{% for a in range(end=90000) %}{% for b in range(end=90000) %}";
        let ends = "{% endfor %}{% endfor %}";
        let mut engine = Tera::default();
        let silent = format!("{many}{{% if a == b + 100000 %}}x{{% endif %}}{ends}");
        engine
            .add_raw_templates([("silent", silent), ("wordy", format!("{many}x{ends}")), ("plain", "x".to_owned())])
            .unwrap();
        let engine = Speaking::of(engine, Wording::english());
        let write = |name| write(&engine, name, Context::new(), Duration::from_millis(300));
        assert!(matches!(write("silent"), Err(Unwritten::Endless)));
        assert!(matches!(write("wordy"), Err(Unwritten::Endless)));
        assert!(matches!(write("plain"), Ok(text) if text == "x"));
    }
}
