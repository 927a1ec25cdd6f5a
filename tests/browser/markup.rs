//! Reads from an HTML text what points somewhere and what can be pointed at.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What one page points at, and the places in it that fragments can name.
#[derive(Default)]
pub struct Markup {
    pub references: Vec<Reference>,
    pub ids: BTreeSet<String>,
    /// Where a redirect page sends its reader.
    pub redirect: Option<String>,
}

/// A URL as written, with the line it is written on.
pub struct Reference {
    pub url: String,
    pub line: u64,
}

pub fn read(html: &str) -> Markup {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Collector::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.markup.into_inner()
}

#[derive(Default)]
struct Collector {
    markup: RefCell<Markup>,
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        self.markup.borrow_mut().add(&tag, line);
        match &*tag.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Markup {
    fn add(&mut self, tag: &Tag, line: u64) {
        for attribute in &tag.attrs {
            let value = attribute.value.trim();
            match (&*tag.name, &*attribute.name.local) {
                (_, "id") | ("a", "name") => {
                    self.ids.insert(value.to_owned());
                }
                (_, "href" | "src" | "poster" | "action" | "formaction") | ("object", "data") => {
                    self.refer(value, line);
                }
                (_, "srcset" | "imagesrcset") => {
                    let candidates = value
                        .split(',')
                        .filter_map(|part| part.split_whitespace().next());
                    candidates.for_each(|candidate| self.refer(candidate, line));
                }
                ("meta", "content") => self.add_meta(tag, value, line),
                _ => {}
            }
        }
    }

    fn add_meta(&mut self, tag: &Tag, content: &str, line: u64) {
        let is = |name: &str, wanted: &[&str]| {
            let mut attributes = tag.attrs.iter();
            attributes.any(|other| &*other.name.local == name && wanted.contains(&&*other.value))
        };
        if is("property", &["og:url", "og:image"]) || is("name", &["twitter:image"]) {
            self.refer(content, line);
        }
        if is("http-equiv", &["refresh"])
            && let Some((_, target)) = content.split_once("url=")
        {
            self.refer(target, line);
            self.redirect = Some(target.to_owned());
        }
    }

    fn refer(&mut self, url: &str, line: u64) {
        self.references.push(Reference {
            url: url.to_owned(),
            line,
        });
    }
}
