//! What a person answers who is asked which figure a number is.

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The figure at that place, from 0.
    Take(usize),
    /// None of them, or not now.
    Skip,
    /// No more questions; what was chosen so far is written.
    Stop,
    NotUnderstood,
}

/// Reads an answer where so many figures are offered; none where the input has ended.
pub fn answer(typed: Option<&str>, offered: usize) -> Answer {
    let Some(typed) = typed.map(str::trim) else { return Answer::Stop };
    match typed.to_lowercase().as_str() {
        "" => Answer::Skip,
        "q" | "quit" => Answer::Stop,
        number => match number.parse::<usize>() {
            Ok(number) if (1..=offered).contains(&number) => Answer::Take(number - 1),
            Ok(_) | Err(_) => Answer::NotUnderstood,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_can_be_taken() {
        let answers = ["1\n", " 2 ", "3", "0", "-1", "yes", "", "q\n", "Q", "1.0", "99999999999999999999999"];
        let read: Vec<Answer> = answers.iter().map(|typed| answer(Some(typed), 2)).collect();
        let no = Answer::NotUnderstood;
        let (take, stop) = (Answer::Take, Answer::Stop);
        assert_eq!(read, [take(0), take(1), no, no, no, no, Answer::Skip, stop, stop, no, no]);
        assert_eq!(answer(None, 2), Answer::Stop);
    }
}
