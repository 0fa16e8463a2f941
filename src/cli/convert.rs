//! `convert`: positions from one coordinate system into another.

use super::args::ConvertArgs;
use super::desk::Desk;
use super::ending::Ending;
use super::out;
use crate::base::Progress;
use crate::base::digits::grouped;
use crate::datum::{Datum, degrees};
use crate::jobs::{ConvertTable, convert_pair, convert_table, coordinate_text, datum_name};
use crate::words::{Fault, Message};
use std::path::PathBuf;

pub(super) fn run(args: &ConvertArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    // Whoever names one system means the other to be the one that everything is stored in.
    let from = args.systems.from.unwrap_or_default();
    let to = args.systems.to.unwrap_or_default();
    match (args.what.as_slice(), &args.out) {
        ([x, y], None) => pair(x, y, from, to, desk),
        ([file], Some(out)) => {
            let request = ConvertTable {
                path: PathBuf::from(file),
                encoding: args.encoding,
                out: out.clone(),
                from,
                to,
            };
            table(&request, desk)
        }
        ([_], None) => Err(Fault::input(Message::new("cli.convert_needs_out")).into()),
        _ => Err(Fault::input(Message::new("cli.convert_out_is_for_files")).into()),
    }
}

fn pair(x: &str, y: &str, from: Datum, to: Datum, desk: &Desk) -> anyhow::Result<Ending> {
    let number = |text: &str| {
        let decimal = text.trim().parse().ok();
        decimal
            .filter(|number: &f64| number.is_finite())
            .or_else(|| degrees(text))
    };
    let (Some(x_number), Some(y_number)) = (number(x), number(y)) else {
        let message = Message::new("cli.convert_no_numbers");
        return Err(Fault::input(message.arg("x", x).arg("y", y)).into());
    };
    let Some((x, y)) = convert_pair(from, to, x_number, y_number) else {
        let message = Message::new("cli.convert_no_position")
            .arg("x", x)
            .arg("y", y)
            .arg("from", datum_name(from, desk.lang))
            .arg("to", datum_name(to, desk.lang));
        return Err(Fault::input(message).into());
    };
    let line = format!("{} {}\n", coordinate_text(to, x), coordinate_text(to, y));
    out::result(line.as_bytes())?;
    Ok(Ending::Done)
}

fn table(request: &ConvertTable, desk: &mut Desk) -> anyhow::Result<Ending> {
    let converted = convert_table(request, &Progress::new())?;
    desk.lap("convert");
    let (first, second) = &converted.columns;
    let values = [
        ("rows", &*grouped(converted.rows)),
        ("converted", &*grouped(converted.converted)),
        ("without", &*grouped(converted.without)),
        ("from", &*datum_name(request.from, desk.lang)),
        ("to", &*datum_name(request.to, desk.lang)),
        ("first", first),
        ("second", second),
        ("path", &*request.out.display().to_string()),
    ];
    desk.tell(&desk.lang.with("cli.converted", &values))?;
    if converted.reading.swapped {
        desk.remark(&desk.lang.with("cli.convert_swapped", &values));
    }
    if converted.kept == 0 {
        return Ok(Ending::Done);
    }
    let kept = grouped(converted.kept);
    out::aside(&desk.lang.with("cli.convert_kept", &[("kept", &kept)]));
    Ok(Ending::InPart)
}
