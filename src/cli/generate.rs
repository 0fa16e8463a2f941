//! `generate`: a synthetic town of any size.

use super::args::GenerateArgs;
use super::desk::Desk;
use super::ending::Ending;
use crate::base::digits::grouped;
use crate::jobs::GenerateRequest;

pub(super) fn run(args: &GenerateArgs, desk: &mut Desk) -> anyhow::Result<Ending> {
    let request = GenerateRequest {
        folder: args.folder.clone(),
        households: args.households,
        seed: args.seed,
    };
    let made = desk.generate(request)?;
    let counts = [
        ("households", &*grouped(made.households as u64)),
        ("areas", &*grouped(made.areas as u64)),
    ];
    desk.tell(&desk.lang.with("cli.generated", &counts))?;
    for file in &made.files {
        desk.tell(&file.display().to_string())?;
    }
    Ok(Ending::Done)
}
