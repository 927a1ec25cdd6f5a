//! The visible words that rendering adds to a text.

use super::quotes::Quotes;

/// The words, in the language of the page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Labels {
    /// Title of `> [!NOTE]`.
    pub note: String,
    /// Title of `> [!TIP]`.
    pub tip: String,
    /// Title of `> [!IMPORTANT]`.
    pub important: String,
    /// Title of `> [!WARNING]`.
    pub warning: String,
    /// Title of `> [!CAUTION]`.
    pub caution: String,
    /// Names the region in which a wide table scrolls.
    pub table: String,
    /// Names the box of a task that is done.
    pub task_done: String,
    /// Names the box of a task that is open.
    pub task_open: String,
    /// Names the list of footnotes.
    pub footnotes: String,
    /// Names the way back from a footnote; `{n}` is the number of the reference.
    pub footnote_back: String,
    /// The signs around quotations, where straight ones are replaced.
    pub quotes: Quotes,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            note: "Note".to_owned(),
            tip: "Tip".to_owned(),
            important: "Important".to_owned(),
            warning: "Warning".to_owned(),
            caution: "Caution".to_owned(),
            table: "Table".to_owned(),
            task_done: "done".to_owned(),
            task_open: "to do".to_owned(),
            footnotes: "Footnotes".to_owned(),
            footnote_back: "Back to text {n}".to_owned(),
            quotes: Quotes::default(),
        }
    }
}

/// A label's place in [`Labels`].
pub type Slot = fn(&mut Labels) -> &mut String;

/// The keys of the theme strings that fill the labels.
pub const LABELS: &[(&str, Slot)] = &[
    ("alert_note", |labels| &mut labels.note),
    ("alert_tip", |labels| &mut labels.tip),
    ("alert_important", |labels| &mut labels.important),
    ("alert_warning", |labels| &mut labels.warning),
    ("alert_caution", |labels| &mut labels.caution),
    ("table", |labels| &mut labels.table),
    ("task_done", |labels| &mut labels.task_done),
    ("task_open", |labels| &mut labels.task_open),
    ("footnotes", |labels| &mut labels.footnotes),
    ("footnote_back", |labels| &mut labels.footnote_back),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_one_key() {
        let mut labels = Labels::default();
        for (key, slot) in LABELS {
            *slot(&mut labels) = (*key).to_owned();
        }
        let Labels {
            note,
            tip,
            important,
            warning,
            caution,
            table,
            task_done,
            task_open,
            footnotes,
            footnote_back,
            quotes: _,
        } = labels;
        let filled = [
            note,
            tip,
            important,
            warning,
            caution,
            table,
            task_done,
            task_open,
            footnotes,
            footnote_back,
        ];
        let keys: Vec<&str> = LABELS.iter().map(|(key, _)| *key).collect();
        assert_eq!(filled.to_vec(), keys);
    }
}
