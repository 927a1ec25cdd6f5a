//! Addresses and fingerprints of files.

use sha2::{Digest as _, Sha256, Sha384, Sha512};
use tera::Value;

use crate::digest::Digest;
use crate::message::say;
use crate::path::{SourcePath, UrlPath};
use crate::site::is_absolute;

use super::super::arguments::{Arguments, Refusal};
use super::super::base64;
use super::super::scope::Scope;
use super::language;

pub(super) fn get_url(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let path = arguments.text("path")?;
    let lang = language(arguments, scope)?;
    let cachebust = arguments.flag("cachebust")?;
    let slash = arguments.flag("trailing_slash")?;
    if is_absolute(path) {
        return Ok(path.into());
    }
    let mut url = scope
        .reader
        .url(path, None, lang)
        .map_err(|problem| Refusal::new(problem.message, problem.help))?;
    if slash && !url.ends_with('/') {
        url.push('/');
    }
    if cachebust && let Some(source) = scope.reader.source_of(path, None) {
        let fingerprint = scope.shapes.of_file(&scope.reader, &source, fingerprint);
        url = format!("{url}?h={fingerprint}");
    }
    Ok(url.into())
}

fn fingerprint(bytes: &[u8]) -> Value {
    const DIGITS: usize = 16;
    Digest::of(bytes).to_string()[..DIGITS].into()
}

pub(super) fn get_hash(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let bytes = match (
        arguments.optional_text("literal")?,
        arguments.optional_text("path")?,
    ) {
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(path)) => scope.reader.bytes(&file(scope, path)?.source)?,
        _ => return Err(say::path_or_literal().into()),
    };
    let sha_type = arguments.count("sha_type")?.unwrap_or(384);
    let hash = match sha_type {
        256 => Sha256::digest(&bytes).to_vec(),
        384 => Sha384::digest(&bytes).to_vec(),
        512 => Sha512::digest(&bytes).to_vec(),
        other => {
            return Err(Refusal::new(
                say::cannot_be_number("sha_type", other),
                say::write_sha(),
            ));
        }
    };
    Ok(match arguments.optional_flag("base64")?.unwrap_or(true) {
        true => base64::encode(&hash).into(),
        false => hash
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into(),
    })
}

/// A file of the site and its address.
pub(super) struct File {
    pub source: SourcePath,
    pub url: UrlPath,
}

/// The file of the site that a template names: beside the page, in `static/` or below
/// `content/`; also by its path on the web, as pages give it.
pub(super) fn file(scope: &Scope, path: &str) -> Result<File, Refusal> {
    let base = scope.reader.config().base_path.as_str();
    let on_web = path
        .strip_prefix(base)
        .filter(|rest| !base.is_empty() && rest.starts_with('/'));
    let beside = scope.node.filter(|_| !path.starts_with('/'));
    let candidates = [
        beside.map(|node| (path.to_owned(), Some(node))),
        Some((path.to_owned(), None)),
        on_web.map(|rest| (rest.to_owned(), None)),
        Some((format!("@/{}", path.trim_start_matches('/')), None)),
    ];
    candidates
        .into_iter()
        .flatten()
        .find_map(|(target, from)| {
            let found = scope.reader.destination(&target, from, scope.lang).ok()?;
            Some(File {
                source: found.file?,
                url: found.url,
            })
        })
        .ok_or_else(|| Refusal::new(say::no_site_file(path), say::put_beside()))
}
