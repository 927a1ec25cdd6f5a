//! XML with namespaces as a tree; whatever is not well-formed is an error.

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// An element with its attributes and what is in it.
#[derive(Debug, Default)]
pub struct Element {
    /// The namespace; empty for none.
    pub namespace: String,
    /// The name without prefix.
    pub name: String,
    /// Attributes by their name as written.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text in it, that of its elements left out.
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The elements in it of a name, in its own namespace.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children
            .iter()
            .filter(move |child| child.name == name && child.namespace == self.namespace)
    }

    /// The text of the first element of a name.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        let mut same = self
            .children
            .iter()
            .filter(|child| child.namespace == self.namespace);
        same.find(|child| child.name == name)
            .map(|child| child.text.as_str())
    }
}

/// Reads a document: one root element, in UTF-8.
///
/// # Errors
/// Says what is not well-formed.
pub fn parse(bytes: &[u8]) -> Result<Element, String> {
    let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
    if !text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>") {
        return Err("it does not begin with the XML declaration".into());
    }
    if let Some(control) = text
        .chars()
        .find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    {
        return Err(format!("it holds the character {control:?}"));
    }
    let mut reader = NsReader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let (namespace, event) = reader
            .read_resolved_event()
            .map_err(|error| error.to_string())?;
        let namespace = match namespace {
            ResolveResult::Unbound => String::new(),
            ResolveResult::Bound(namespace) => namespace.into_inner().to_owned(),
            ResolveResult::Unknown(prefix) => {
                return Err(format!("the prefix `{prefix}` stands for nothing"));
            }
        };
        let here = open.last_mut().expect("the document is never closed");
        match event {
            Event::Start(start) => open.push(element(namespace, &start)?),
            Event::Empty(start) => here.children.push(element(namespace, &start)?),
            Event::End(_) => {
                let closed = open.pop().expect("the reader matches ends with starts");
                open.last_mut().expect("the document").children.push(closed);
            }
            Event::Text(text) => here.text.push_str(&text.xml10_content()),
            Event::CData(text) => here.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                match name.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(char) => here.text.push(char),
                    None => here.text.push_str(entity(&name.xml10_content())?),
                }
            }
            Event::Decl(_) | Event::Comment(_) => {}
            Event::PI(_) | Event::DocType(_) => {
                return Err("it holds instructions or a document type".into());
            }
            Event::Eof => break,
        }
    }
    let mut document = open
        .pop()
        .filter(|_| open.is_empty())
        .ok_or("an element is not closed")?;
    match (
        document.children.pop(),
        document.children.is_empty(),
        document.text.trim(),
    ) {
        (Some(root), true, "") => Ok(root),
        _ => Err("it does not hold one element and nothing else".into()),
    }
}

fn entity(name: &str) -> Result<&'static str, String> {
    resolve_predefined_entity(name).ok_or_else(|| format!("`&{name};` is no entity of XML"))
}

fn element(namespace: String, start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    let name = start.local_name().as_ref().to_owned();
    Ok(Element {
        namespace,
        name,
        attributes,
        ..Element::default()
    })
}
