//! What is asked with arguments: `receives(…)`, `eligible(…)`, `need(…)`, `tag(…)`, `list(…)`, `area(…)`.

use super::clause::{AreaPattern, ClauseKind};
use super::facts::Scope;
use super::mistake::{RuleMistake, nearest};
use super::parse::{Argument, Parser};
use super::term::Term;
use super::words::Function;
use crate::model::{ProgrammeUnit, Term as CatalogueTerm};
use crate::words::Message;

/// The clause of a call. Several arguments are several ways to be so.
pub(super) fn call(
    parser: &Parser<'_>,
    function: Function,
    arguments: &[Argument],
    start: usize,
    end: usize,
) -> Result<Term, RuleMistake> {
    let texts = || arguments.iter().map(|one| one.text.clone()).collect();
    let household = |kind| Ok(Term::of_clause(start, end, Scope::Household, kind));
    match function {
        // A tag of the member is a tag too where the clause is asked of one.
        Function::Tag => Ok(Term::of_clause(
            start,
            end,
            parser.scope,
            ClauseKind::Tags(texts()),
        )),
        Function::List => household(ClauseKind::Lists(texts())),
        Function::Area => {
            let patterns = arguments.iter().map(pattern);
            household(ClauseKind::Areas(patterns.collect::<Result<_, _>>()?))
        }
        Function::Need => one_by_one(arguments, start, end, |argument| {
            let place = place(argument, &parser.catalogue.needs, "rules.unknown_need")?;
            Ok((Scope::Household, ClauseKind::Need(place)))
        }),
        Function::Receives | Function::Eligible => one_by_one(arguments, start, end, |argument| {
            let programmes = &parser.catalogue.programmes;
            let place = place(argument, programmes, "rules.unknown_programme")?;
            let scheme = parser.catalogue.schemes.get(usize::from(place));
            let is_of_person = scheme.is_some_and(|scheme| scheme.unit == ProgrammeUnit::Person);
            let scope = if is_of_person {
                parser.scope
            } else {
                Scope::Household
            };
            Ok((
                scope,
                match function {
                    Function::Receives => ClauseKind::Receives(place),
                    _ => ClauseKind::Eligible(place, None),
                },
            ))
        }),
    }
}

/// A clause for each argument, any of which is enough.
fn one_by_one(
    arguments: &[Argument],
    start: usize,
    end: usize,
    kind: impl Fn(&Argument) -> Result<(Scope, ClauseKind), RuleMistake>,
) -> Result<Term, RuleMistake> {
    let mut parts = Vec::new();
    for argument in arguments {
        let (scope, kind) = kind(argument)?;
        if arguments.len() == 1 {
            return Ok(Term::of_clause(start, end, scope, kind));
        }
        parts.push(Term::of_clause(argument.start, argument.end, scope, kind).clause()?);
    }
    let scope = parts.iter().map(|part| part.scope).max();
    let scope = scope.unwrap_or(Scope::Household);
    Ok(Term::of_clause(start, end, scope, ClauseKind::Or(parts)))
}

fn place(
    argument: &Argument,
    terms: &[CatalogueTerm],
    unknown: &'static str,
) -> Result<u8, RuleMistake> {
    let found = terms.iter().position(|term| term.is_called(&argument.text));
    if let Some(place) = found
        .and_then(|place| u8::try_from(place).ok())
        .filter(|place| *place < 64)
    {
        return Ok(place);
    }
    let known = terms.iter().flat_map(|term| {
        [term.code.as_str(), term.zh.as_str()]
            .into_iter()
            .chain(term.aliases.iter().map(String::as_str))
    });
    let message = match nearest(&argument.text, known) {
        Some(near) => Message::new("rules.unknown_word_near")
            .arg("word", &argument.text)
            .arg("near", near),
        None => Message::new(unknown).arg("word", &argument.text),
    };
    Err(RuleMistake::at(argument.start, argument.end, message))
}

fn pattern(argument: &Argument) -> Result<AreaPattern, RuleMistake> {
    let text = argument.text.replace('＊', "*");
    let (code, is_beginning) = match text.strip_suffix('*') {
        Some(code) => (code.trim().to_owned(), true),
        None => (text, false),
    };
    if code.is_empty() || code.contains('*') {
        let message = Message::new("rules.wants_area");
        return Err(RuleMistake::at(argument.start, argument.end, message));
    }
    Ok(AreaPattern { code, is_beginning })
}
