//! Pieces of Markdown, and texts made of them by chance that is always the same.

/// Numbers that look random.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    /// A text of some of the pieces.
    pub fn text(&mut self, pieces: &[&str], longest: usize) -> String {
        (0..=self.below(longest))
            .map(|_| pieces[self.below(pieces.len())])
            .collect()
    }
}

/// CommonMark, tables, strikethrough and definition lists: what others write as we do.
pub const COMMON: &[&str] = &[
    "\n",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "a",
    "word ",
    "中文",
    "，",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```\n",
    "~~~ x y\n",
    "# ",
    "### ",
    " #\n",
    "\n===\n",
    "\n---\n",
    "***\n",
    "> ",
    ">",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "7) ",
    "[",
    "]",
    "(",
    ")",
    "](",
    "[a](/b \"c\") d",
    "![a *b*](c) d",
    "![",
    "<",
    ">",
    "<http://a.cn>",
    "<b@c.cn>",
    "&amp;",
    "&copy;",
    "&#35;",
    "\\",
    "\\*",
    "\\\n",
    "  \n",
    "\"",
    "'",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>\n",
    "<!-- c -->",
    "|",
    "\n|-|:-:|\n",
    "|a|b|\n",
    "[r]: /s 't'\n",
    "[r]",
    ":",
    "\n: ",
    "=",
    "!",
    "{",
    "}",
    "%20",
    "é",
];

/// What only we write as we do.
pub const OWN: &[&str] = &[
    "$",
    "$$",
    "$x^2$",
    "$\\frac{1}{2}$",
    "[^1]",
    "[^1]: ",
    "[^二]",
    "\n[^二]: ",
    "- [x] ",
    "- [ ] ",
    "> [!NOTE]\n",
    "> [!TIP]\n",
    "{#id .c k=v}",
    "![a](b 'c')",
    "![a](a.jpg)\n",
    "<script>",
    "</script>",
    "<svg>",
    "</svg>",
    "<a href=javascript:x>",
    "<p onclick=\"",
    "\">",
    "style='",
    "<!--",
    "-->",
    "<!-- more -->\n",
    "<img src=x onerror=y>",
    "<td>",
    "</table>",
    "<p>",
    "</p>",
    "<math>",
    "<li>",
    "\0",
    "\r\n",
    "\u{feff}",
    "[x](javascript:y)",
    "##x",
    "<style>",
    "<textarea>",
    "<b <i",
    "<a\n",
    "&#x6a;avascript:",
];
