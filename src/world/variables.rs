//! Which of the variables that stand beside the page a template may name. What none names is neither
//! worked out nor looked through whenever a template asks for another.

use super::fields::names;

/// A variable of an output that may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the guide's page on templates says what each holds"
)]
pub enum Variable {
    Alternates,
    CurrentMenus,
    CurrentPath,
    CurrentUrl,
    Feed,
    Generator,
    Section,
}

impl Variable {
    const ALL: [Self; 7] = [
        Self::Alternates,
        Self::CurrentMenus,
        Self::CurrentPath,
        Self::CurrentUrl,
        Self::Feed,
        Self::Generator,
        Self::Section,
    ];

    /// What templates call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alternates => "alternates",
            Self::CurrentMenus => "current_menus",
            Self::CurrentPath => "current_path",
            Self::CurrentUrl => "current_url",
            Self::Feed => "feed",
            Self::Generator => "generator",
            Self::Section => "section",
        }
    }
}

/// A set of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variables(u8);

impl Variables {
    /// None.
    pub const NOTHING: Self = Self(0);

    /// All of them.
    pub const ALL: Self = Self(u8::MAX >> (8 - Variable::ALL.len()));

    /// Those whose names stand anywhere in a text.
    pub fn named_in(text: &str) -> Self {
        let named = names(text).flat_map(|place| {
            let name = &text[place];
            Variable::ALL
                .into_iter()
                .filter(move |variable| variable.name() == name)
        });
        named.fold(Self::NOTHING, |all, variable| all.and(Self::one(variable)))
    }

    /// Those of either.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a variable is among them.
    pub fn has(self, variable: Variable) -> bool {
        self.0 & Self::one(variable).0 != 0
    }

    const fn one(variable: Variable) -> Self {
        Self(1 << variable as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_named_where_its_whole_name_stands() {
        let named = |text| {
            let named = Variables::named_in(text);
            let all = Variable::ALL.into_iter().filter(|one| named.has(*one));
            all.map(Variable::name).collect::<Vec<_>>()
        };
        assert_eq!(named("{{ page.title }}{{ get_section(path=x) }}"), [""; 0]);
        assert_eq!(
            named("{% if current_path == '/' %}{{ section.path }}"),
            ["current_path", "section"]
        );
        assert_eq!(named("{{feed|safe}} alternates"), ["alternates", "feed"]);
        assert_eq!(named("{{ generators }}{{ my_feed }}"), [""; 0]);
        assert!(Variable::ALL.into_iter().all(|one| Variables::ALL.has(one)));
    }
}
