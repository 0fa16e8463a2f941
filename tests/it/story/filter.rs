//! The filter line, its chips, its mistakes, and going back.

use crate::desk::Desk;
use crate::support::csv_rows;
use livelihood_map::model::Date;
use livelihood_map::query::{self, Filter};
use livelihood_map::session::Command;
use livelihood_map::words::Lang;

#[test]
fn the_line_finds_what_pandas_finds_in_both_languages() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    let mut lines = 0;
    for row in csv_rows("oracle/town_filters.csv") {
        let (line, expected) = (row[0].as_str(), row[1].parse::<usize>().unwrap());
        if line.starts_with('#') {
            continue;
        }
        lines += 1;
        desk.types(line);
        assert_eq!(desk.session.filter_error, None, "{line}");
        assert_eq!(desk.count(), expected, "{line}");
        let filtered = desk.session.results.filtered.as_ref().unwrap();
        assert_eq!(filtered.coverage.total.households as usize, expected);
        // What is typed stays as typed; the other language says the same.
        assert_eq!(desk.session.filter_text, line);
        let view = desk.session.view.filter.clone();
        desk.does(Command::SetLang(Lang::En));
        assert!(
            desk.session.filter_text.is_ascii() || line.contains("爱心"),
            "{line}"
        );
        desk.does(Command::SetLang(Lang::Zh));
        assert_eq!(
            (desk.session.view.filter.clone(), desk.count()),
            (view, expected)
        );
    }
    assert_eq!(lines, 15);
    desk.does(Command::ClearFilter);
    assert_eq!(desk.count(), 3_010);
}

#[test]
fn switching_the_language_rewrites_the_line() {
    let (mut desk, _folder) = Desk::with_town(Lang::Zh);
    desk.types("need:care -programme:dibao elderly>=1");
    desk.does(Command::SetLang(Lang::Zh));
    let zh = desk.session.filter_text.clone();
    insta::assert_snapshot!(zh, @"需求:照料 -项目:最低生活保障 老年人数>=1");
    desk.does(Command::SetLang(Lang::En));
    insta::assert_snapshot!(desk.session.filter_text, @"need:care -programme:dibao elderly>=1");
    assert_eq!(desk.session.settings.lang, "en");
    // A line with a mistake is somebody's half-finished thought: it stays.
    desk.types("elderly>=");
    desk.does(Command::SetLang(Lang::Zh));
    assert_eq!(desk.session.filter_text, "elderly>=");
}

#[test]
fn a_mistake_keeps_the_last_good_filter() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.types("need:care");
    let good = desk.count();
    desk.asked.clear();
    for (line, start, words) in [
        ("need:cart", 5, "care"),
        ("need:care (elderly>=1", 10, "bracket"),
        ("colour:red", 0, "no field"),
        ("elderly>=x", 9, "number"),
        ("visited:2026-13-01", 8, "date"),
    ] {
        desk.types(line);
        let error = desk.session.filter_error.clone().unwrap();
        let text = error.message.text(Lang::En);
        assert!(text.contains(words), "{line}: {text}");
        assert_eq!(error.at_char, start, "{line}");
        assert_eq!(
            (desk.count(), desk.session.filter_text.as_str()),
            (good, line)
        );
    }
    assert_eq!(
        desk.asked,
        [],
        "nothing is computed for a line that says nothing"
    );
    desk.types("need:care elderly>=1");
    assert_eq!(desk.session.filter_error, None);
    assert!(desk.count() < good);
}

#[test]
fn chips_write_the_line() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    let catalogue = desk.session.town().unwrap().snapshot.catalogue.clone();
    let parsed = |text: &str| query::parse(text, &catalogue).unwrap();
    desk.types("need:care");
    desk.does(Command::AddFilter(parsed("elderly>=1")));
    desk.does(Command::AddFilter(parsed("elderly>=1")));
    desk.does(Command::AddFilter(parsed(
        "living_alone:yes or children>=2",
    )));
    assert_eq!(query::chips(&desk.session.view.filter).len(), 3);
    insta::assert_snapshot!(desk.session.filter_text, @"need:care elderly>=1 (living_alone:yes or children>=2)");
    let three = desk.count();
    desk.does(Command::RemoveChip(0));
    desk.does(Command::RemoveChip(7));
    insta::assert_snapshot!(desk.session.filter_text, @"elderly>=1 (living_alone:yes or children>=2)");
    assert!(desk.count() > three);
    desk.does(Command::SetFilter(Filter::All));
    assert_eq!(
        (desk.session.filter_text.as_str(), desk.count()),
        ("", 3_010)
    );
}

#[test]
fn undo_and_redo_walk_through_the_view() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    assert!(!desk.session.can_undo());
    desk.types("need:care");
    let care = desk.count();
    desk.types("need:care elderly>=1");
    let elderly = desk.count();
    desk.does(Command::SetAsOf(Date::from_ymd(2026, 6, 1).unwrap()));
    desk.does(Command::Undo);
    assert_eq!(desk.session.view.as_of, desk.session.today());
    assert_eq!(
        (desk.count(), desk.session.filter_text.as_str()),
        (elderly, "need:care elderly>=1")
    );
    desk.does(Command::Undo);
    assert_eq!(
        (desk.count(), desk.session.filter_text.as_str()),
        (care, "need:care")
    );
    desk.does(Command::Undo);
    assert_eq!(
        (desk.count(), desk.session.filter_text.as_str()),
        (3_010, "")
    );
    desk.does(Command::Undo);
    assert!(!desk.session.can_undo() && desk.session.can_redo());
    desk.does(Command::Redo);
    desk.does(Command::Redo);
    desk.does(Command::Redo);
    assert_eq!((desk.count(), desk.session.can_redo()), (elderly, false));
    assert_eq!(desk.session.view.as_of, Date::from_ymd(2026, 6, 1).unwrap());
    // A new step forgets what was undone.
    desk.does(Command::Undo);
    desk.types("located:no");
    assert!(!desk.session.can_redo());
}

#[test]
fn the_day_of_the_figures_moves_what_is_counted_back_from_it() {
    let (mut desk, _folder) = Desk::with_town(Lang::En);
    desk.types("visited>=30d");
    let now = desk.count();
    assert!(now > 0);
    desk.does(Command::SetAsOf(Date::from_ymd(2027, 6, 1).unwrap()));
    assert_eq!(desk.count(), 0);
    assert_eq!(
        desk.session.scores().unwrap().as_of,
        Date::from_ymd(2027, 6, 1).unwrap()
    );
    desk.does(Command::SetAsOf(desk.session.today()));
    assert_eq!(desk.count(), now);
}
