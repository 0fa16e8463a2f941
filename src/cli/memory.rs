//! How much memory the program took at most.

/// Peak resident memory in MB (2²⁰ bytes); nothing where the system does not say.
pub(super) fn peak_mb() -> Option<f64> {
    peak_kb(&std::fs::read_to_string("/proc/self/status").ok()?).map(|kb| kb / 1024.0)
}

fn peak_kb(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_linux() {
        assert_eq!(
            peak_kb("VmPeak:\t  900 kB\nVmHWM:\t   20480 kB\n"),
            Some(20480.0)
        );
        assert_eq!(peak_kb("VmPeak:\t  900 kB\n"), None);
    }
}
