//! What a piece of code can be, for the eyes: one row per CSS class.

/// The kinds of token that themes can colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A comment.
    Comment,
    /// A string, a character or a regular expression.
    String,
    /// An escape or the edge of a hole within a string.
    Escape,
    /// A number.
    Number,
    /// A literal constant such as `true` or `null`.
    Literal,
    /// A keyword.
    Keyword,
    /// The name of a type.
    Type,
    /// The name of a function, where it is defined or called.
    Function,
    /// A variable that the language sets apart, such as `$x` or `self`.
    Variable,
    /// The name of a property, key, attribute or option.
    Property,
    /// The name of an element, selector or section.
    Tag,
    /// A macro, decorator, preprocessor line, directive or prompt.
    Meta,
    /// An operator.
    Operator,
    /// A line that a diff inserts.
    Inserted,
    /// A line that a diff deletes.
    Deleted,
    /// A heading.
    Heading,
}

/// One row of the table of classes.
#[derive(Debug)]
pub struct ClassRow {
    /// The kind of token.
    pub class: Class,
    /// The CSS class of its `<span>`.
    pub css: &'static str,
    /// What it marks, in a few plain words.
    pub meaning: &'static str,
}

/// Every class, in the order of [`Class`].
pub const CLASSES: [ClassRow; 16] = [
    row(Class::Comment, "hl-c", "comment"),
    row(Class::String, "hl-s", "string"),
    row(Class::Escape, "hl-e", "escape in a string"),
    row(Class::Number, "hl-n", "number"),
    row(Class::Literal, "hl-l", "literal constant"),
    row(Class::Keyword, "hl-k", "keyword"),
    row(Class::Type, "hl-t", "type"),
    row(Class::Function, "hl-f", "function name"),
    row(Class::Variable, "hl-v", "variable"),
    row(Class::Property, "hl-p", "property, key or attribute name"),
    row(Class::Tag, "hl-g", "element, selector or section name"),
    row(Class::Meta, "hl-m", "macro, decorator, directive or prompt"),
    row(Class::Operator, "hl-o", "operator"),
    row(Class::Inserted, "hl-i", "inserted line"),
    row(Class::Deleted, "hl-d", "deleted line"),
    row(Class::Heading, "hl-h", "heading"),
];

const fn row(class: Class, css: &'static str, meaning: &'static str) -> ClassRow {
    ClassRow {
        class,
        css,
        meaning,
    }
}

impl Class {
    /// The CSS class of the `<span>` around such a token.
    pub const fn css(self) -> &'static str {
        CLASSES[self as usize].css
    }
}

#[cfg(test)]
mod tests {
    use super::CLASSES;

    #[test]
    fn rows_stand_in_the_order_of_the_enum() {
        for (index, row) in CLASSES.iter().enumerate() {
            assert_eq!(row.class as usize, index);
        }
    }

    #[test]
    fn css_names_are_unique() {
        let mut names: Vec<_> = CLASSES.iter().map(|row| row.css).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CLASSES.len());
    }
}
