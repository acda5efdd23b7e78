//! The command `yunspec`; see the library's `commands`.

fn main() -> std::process::ExitCode {
    yunspec::commands::main()
}
