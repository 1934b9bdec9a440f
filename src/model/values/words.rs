//! Values that are one of a few words.

use serde::Serialize;

use crate::yaml::{Parse, Texts};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal shown $shown:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($variant),* }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word in the content.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// The word as it is printed.
            pub fn shown(self) -> &'static str {
                match self { $($name::$variant => $shown),* }
            }
        }

        impl Parse for $name {
            fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok($name::$variant),)*
                    _ => {
                        let words = [$($word),*];
                        let small = text.to_lowercase().replace([' ', '_'], "-");
                        Err(match words.contains(&small.as_str()) {
                            true => format!("write {small}"),
                            false => format!("write one of: {}", words.join(", ")),
                        })
                    }
                }
            }

            fn texts() -> Texts {
                Texts::Words(vec![$($word),*])
            }
        }
    };
}

words! {
    /// The colour and shape that a rating is shown with.
    Mark {
        Green = "green" shown "Green",
        Amber = "amber" shown "Amber",
        Red = "red" shown "Red",
        NoTarget = "no-target" shown "No target",
        Blue = "blue" shown "Blue",
    }
}

words! {
    /// How far the pages and PDFs comply with WCAG 2.2 AA, by the words of the regulations.
    Compliance {
        Full = "full" shown "Fully compliant",
        Partial = "partial" shown "Partially compliant",
        None = "none" shown "Not compliant",
        NotAssessed = "not-assessed" shown "Not assessed",
    }
}

words! {
    /// What an indicator measures.
    Measures {
        Quality = "quality" shown "Quality",
        Quantity = "quantity" shown "Quantity",
    }
}

words! {
    /// How often an indicator is measured.
    Frequency {
        Monthly = "monthly" shown "Monthly",
        Quarterly = "quarterly" shown "Quarterly",
        Annual = "annual" shown "Annual",
    }
}

impl Measures {
    /// The message that says it.
    pub fn key(self) -> &'static str {
        match self {
            Measures::Quality => "values.measures.quality",
            Measures::Quantity => "values.measures.quantity",
        }
    }
}

impl Frequency {
    /// The message that says it.
    pub fn key(self) -> &'static str {
        match self {
            Frequency::Monthly => "values.frequency.monthly",
            Frequency::Quarterly => "values.frequency.quarterly",
            Frequency::Annual => "values.frequency.annual",
        }
    }
}

words! {
    /// The figures that an indicator has of a period.
    IndicatorColumn {
        Denominator = "denominator" shown "Denominator",
        Number = "number" shown "Number",
        Percentage = "percentage" shown "%",
    }
}

words! {
    /// Whether the figures of the periods stand for themselves or add up.
    Accumulation {
        EachPeriod = "each-period" shown "Each period",
        Cumulative = "cumulative" shown "Cumulative",
    }
}

words! {
    /// What the percentage of an indicator is of.
    PercentageMeaning {
        OfDenominator = "of-denominator" shown "of the denominator",
        GrowthOverDenominator = "growth-over-denominator" shown "growth over the denominator",
        NotDerived = "not-derived" shown "not derived",
    }
}

words! {
    /// Which way a target points.
    Aim {
        AtLeast = "at-least" shown "at least",
        AtMost = "at-most" shown "at most",
        Under = "under" shown "under",
        Over = "over" shown "over",
        Within = "within" shown "within",
    }
}

words! {
    /// What the figures of the year are of those of its periods.
    YearIs {
        Sum = "sum" shown "the sum of the periods",
        Last = "last" shown "the last period's",
        NotDerived = "not-derived" shown "figures of its own",
    }
}

words! {
    /// Which way figures should go.
    Better {
        Higher = "higher" shown "higher is better",
        Lower = "lower" shown "lower is better",
        Neither = "neither" shown "neither is better",
    }
}

words! {
    /// How much a finding of a rule matters in a project.
    Level {
        Error = "error" shown "error",
        Warning = "warning" shown "warning",
    }
}

words! {
    /// The squares that groups of deliverables are shown with, in the order of the groups; shown is how one is named.
    Square {
        Filled = "filled" shown "a filled square",
        Open = "open" shown "an open square",
        Halved = "halved" shown "a halved square",
        Dotted = "dotted" shown "a square with a dot",
        Barred = "barred" shown "a square with a bar",
        Crossed = "crossed" shown "a square with a cross",
    }
}

words! {
    /// The colour of a report's cover and bands.
    Cover {
        Blue = "blue" shown "Blue",
        DarkBlue = "dark-blue" shown "Dark blue",
    }
}

words! {
    /// What a report's cover shows besides its words.
    CoverShows {
        Figures = "figures" shown "what the report counts",
        Colour = "colour" shown "its colour alone",
        Plain = "plain" shown "words on paper",
        Picture = "picture" shown "a picture",
    }
}

words! {
    /// What of a picture stays in view where it is cut to its place.
    Keep {
        Middle = "middle" shown "its middle",
        Top = "top" shown "its top",
        Bottom = "bottom" shown "its bottom",
        Left = "left" shown "its left side",
        Right = "right" shown "its right side",
    }
}

words! {
    /// How negative figures are printed.
    Negatives {
        Minus = "minus" shown "with a minus",
        Brackets = "brackets" shown "in brackets",
    }
}

words! {
    /// How nil is printed.
    NilShown {
        Dash = "dash" shown "–",
        Nought = "nought" shown "0",
        Word = "word" shown "nil",
    }
}

words! {
    /// What is numbered besides sections, each by itself; shown is the word for one.
    NumberedKind {
        Tables = "tables" shown "table",
        Figures = "figures" shown "figure",
        Charts = "charts" shown "chart",
    }
}

words! {
    /// How much of the page a picture takes across.
    PictureSize {
        Full = "full" shown "full",
        Half = "half" shown "half",
        Third = "third" shown "third",
    }
}

words! {
    /// How a chart draws its data.
    ChartForm {
        Columns = "columns" shown "columns",
        Bars = "bars" shown "bars",
        StackedBars = "stacked-bars" shown "stacked bars",
        Line = "line" shown "line",
        SmallMultiples = "small-multiples" shown "small charts",
        Slope = "slope" shown "slope",
        Xmr = "xmr" shown "XmR",
    }
}

words! {
    /// What of a table lies along the axis of a chart; the other makes its lines, or the columns of one fill.
    Along {
        Rows = "rows" shown "rows",
        Columns = "columns" shown "columns",
    }
}

words! {
    /// What the cells of a table's column are.
    ColumnType {
        Count = "count" shown "count",
        Number = "number" shown "number",
        Money = "money" shown "amount of money",
        Percentage = "percentage" shown "percentage",
        Duration = "duration" shown "time",
        Figure = "figure" shown "figure",
        Date = "date" shown "date",
        Text = "text" shown "text",
    }
}

words! {
    /// The one sign that the figures of a column have, but for nought.
    ColumnSign {
        Positive = "positive" shown "positive",
        Negative = "negative" shown "negative",
    }
}

/// The language of a report, as a tag: `en` or `en-GB`.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    /// Two or three small letters.
    pub language: String,
    /// Two capital letters.
    pub region: Option<String>,
}

impl Language {
    /// The whole tag.
    pub fn tag(&self) -> String {
        self.region.iter().fold(self.language.clone(), |tag, region| format!("{tag}-{region}"))
    }
}

impl Parse for Language {
    fn parse(text: &str) -> Result<Self, String> {
        let (language, region) =
            text.split_once('-').map_or((text, None), |(language, region)| (language, Some(region)));
        let small = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
        let capital =
            region.is_none_or(|region| region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase()));
        match small && capital {
            true => Ok(Self { language: language.to_owned(), region: region.map(str::to_owned) }),
            false => Err("a language is written as a tag: en-GB".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::like("[a-z]{2,3}(-[A-Z]{2})?")
    }
}
