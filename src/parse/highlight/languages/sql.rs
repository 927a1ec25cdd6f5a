//! SQL, as the common databases have it.

use super::super::bytes;
use super::super::class::Class;
use super::super::family::Before;
use super::super::family::{
    Comment, DOUBLE, Escape, PLAIN, Quote, Role, SINGLE, Scanner, Spec, Words,
};

pub(crate) static SQL: Spec = Spec {
    words: Words::new(&[
        (
            Role::Keyword,
            "\
            add all alter always analyze and any as asc autoincrement before begin between by \
            cascade case check collate column commit conflict constraint create cross \
            database declare default deferrable delete desc distinct do drop each else \
            elsif end escape except exists explain fetch filter first for foreign from \
            full function generated grant group having identity if ilike in index inner insert \
            intersect into is join key language last lateral left like limit \
            materialized natural not nothing nulls of offset on or order outer over \
            partition pragma primary procedure recursive references rename replace \
            restrict return returning returns revoke right rollback row rows schema \
            select set table temporary then to transaction trigger truncate union unique \
            update using values view when where window with",
        ),
        (
            Role::Type,
            "\
            bigint bigserial binary blob bool boolean bytea char date datetime decimal \
            double float int integer interval json jsonb numeric precision real serial \
            smallint text time timestamp timestamptz tinyint uuid varbinary varchar xml",
        ),
        (
            Role::Literal,
            "current_date current_timestamp false null true",
        ),
    ]),
    fold_case: true,
    comments: &[Comment::Line("--"), Comment::Nested("/*", "*/")],
    quotes: &[
        SINGLE.multiline().escape(Escape::Doubled),
        DOUBLE.escape(Escape::Doubled),
        Quote::new("`").raw(),
    ],
    hooks: &[(b':', parameter), (b'$', parameter), (b'@', parameter)],
    ..PLAIN
};

/// `:name`, `$1`, `@name`.
fn parameter(scanner: &mut Scanner<'_>) -> bool {
    if scanner.sees("::") {
        scanner.take(Class::Operator, scanner.at + 2, Before::Other);
        return true;
    }
    if !bytes::is_word(scanner.peek(1)) {
        return false;
    }
    let end = bytes::word_end(scanner.code, scanner.at + 1);
    scanner.take(Class::Variable, end, Before::Value);
    true
}
