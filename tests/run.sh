#!/usr/bin/env bash
# Every check of the project, the quick ones first. Needs Rust and a network for the crates; what
# else is missing it installs with the system's package manager, and says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }

# Runs a command as the administrator, or fails where nobody may.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# install WHAT_FOR PACKAGE…: with apt, or a sentence about what is missing. Never ends the run:
# the check that needs it says so itself.
install() {
  local what_for=$1
  shift
  if ! command -v apt-get >/dev/null 2>&1; then
    say "Missing: $what_for. There is no apt-get here; install what Debian calls: $*. Going on without."
    return 0
  fi
  say "Installing $* ($what_for)"
  if ! { as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }; then
    say "Could not install $* ($what_for). Going on without."
  fi
}

# Whether the loader of Vulkan and the driver that paints on the processor are there.
has_software_vulkan() {
  local loaders drivers
  loaders=$({ ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null || true)
  drivers=$(ls /usr/share/vulkan/icd.d /usr/local/share/vulkan/icd.d /etc/vulkan/icd.d 2>/dev/null || true)
  [[ $loaders == *libvulkan.so.1* && $drivers == *lvp_icd* ]]
}

# component NAME COMMAND…: a part of Rust without which there is nothing to check.
component() {
  local name=$1
  shift
  "$@" >/dev/null 2>&1 && return 0
  if command -v rustup >/dev/null 2>&1; then
    say "Installing $name with rustup"
    rustup component add "$name" || true
  fi
  if ! "$@" >/dev/null 2>&1; then
    say "Rust's $name is missing. Install it (rustup component add $name, or the package of your system) and start again."
    exit 1
  fi
}

if ! command -v cargo >/dev/null 2>&1; then
  say "Rust is missing. Install it from https://rustup.rs and start again."
  exit 1
fi
component rustfmt cargo fmt --version
component clippy cargo clippy --version
command -v cc >/dev/null 2>&1 || install "a C compiler, for SQLite" gcc libc6-dev
if [ "$(uname -s)" = Linux ]; then
  has_software_vulkan ||
    install "software Vulkan, for the tests that look at pixels" libvulkan1 mesa-vulkan-drivers
fi

say "Formatting"
cargo fmt --all --check

say "Lints"
cargo clippy --locked --all-targets -- -D warnings

say "Everything below the window builds without it"
cargo check --locked --no-default-features

say "Examples in the documentation"
cargo test --locked --doc

# Last, so that the closing line is that of the test runner.
say "Tests"
cargo test --locked --no-fail-fast --lib --bins --test it
