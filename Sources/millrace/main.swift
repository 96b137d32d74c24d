import Diagnostics
import Pipelines

#if canImport(Glibc)
  import Glibc
#endif

/// Finds the command, runs it, and turns what it throws into text and an exit code.
func perform(_ words: [String]) -> ExitCode {
  guard let verb = words.first, !["--help", "-h", "help"].contains(verb) else {
    if words.count > 1, let command = CommandList.command(named: words[1]) {
      Terminal.output.line(Help.screen(for: command))
    } else {
      Terminal.output.line(Help.overview(CommandList.all))
    }
    return words.isEmpty ? .usage : .fine
  }
  if verb == "--version" {
    Terminal.output.line("millrace \(Program.version)")
    return .fine
  }
  do throws(Diagnostic) {
    guard let command = CommandList.command(named: verb) else {
      throw Diagnostic(.unknownCommand(verb, among: CommandList.all.map { $0.name }))
    }
    if words.prefix(while: { $0 != "--" }).contains(where: { ["--help", "-h"].contains($0) }) {
      Terminal.output.line(Help.screen(for: command))
      return .fine
    }
    return try command.init(ParsedArguments(Array(words.dropFirst()), for: command)).run()
  } catch {
    Terminal.errors.line("\(error)")
    return .usage
  }
}

// Both become errors of the write they happen in: a reader that left, a file over its size limit.
_ = signal(SIGPIPE, SIG_IGN)
_ = signal(SIGXFSZ, SIG_IGN)
exit(perform(Array(CommandLine.arguments.dropFirst())).rawValue)
