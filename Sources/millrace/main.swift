import CProcessor
import Diagnostics
import Pipelines
import Processors
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// Finds the command, runs it, and turns what it throws into text and an exit code.
func perform(_ words: [String], heeding interruption: Interruption) -> ExitCode {
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
    return try command.init(ParsedArguments(Array(words.dropFirst()), for: command)).run(
      heeding: interruption)
  } catch {
    Terminal.errors.line("\(error)")
    return .usage
  }
}

/// What the shell is told when all is done, after saying so if standard output did not take it.
func closing(_ code: ExitCode) -> ExitCode {
  switch Terminal.output.failureNumber {
  case 0: return code
  case EPIPE: return code == .fine ? .outputAbandoned : code
  case let number:
    Terminal.errors.line("\(Diagnostic(.outputFailed(number)))")
    return .stageFailed
  }
}

extension Diagnostic.Message {
  fileprivate static func outputFailed(_ number: Int32) -> Self {
    let reason = unsafe String(cString: strerror(number))
    return Self(
      "cannot write standard output: \(reason)",
      remedy: "make room where it goes, or send it elsewhere")
  }
}

// First of all, since everything else may use instructions that a lesser processor lacks.
ProcessorFeatures(bits: processor_features_compiled_for).endProgramUnlessPresent()

// A stream that is closed would lend its number to the next file that is opened.
for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
  _ = unsafe open("/dev/null", O_RDWR)
}

// Both become errors of the write they happen in: a reader that left, a file over its size limit.
_ = signal(SIGPIPE, SIG_IGN)
_ = signal(SIGXFSZ, SIG_IGN)

OpenBLAS.setEnvironment()

/// The wish of a person to stop, or of a reader who has seen enough.
package let interruption = Interruption(or: { Terminal.output.hasFailed })

var awaited = sigset_t()
_ = unsafe sigemptyset(&awaited)
for number in [SIGINT, SIGTERM] {
  _ = unsafe sigaddset(&awaited, number)
  _ = signal(number) { number in
    switch (interruption.wish(), interruption.isHeeded) {
    case (1, true): break
    case (_, true): _exit(128 + number)
    case (_, false):
      _ = signal(number, SIG_DFL)
      raise(number)
    }
  }
}
// A process that was started from a thread of another program may have them blocked.
_ = unsafe pthread_sigmask(SIG_UNBLOCK, &awaited, nil)

package let words = Array(CommandLine.arguments.dropFirst())
exit(closing(perform(words, heeding: interruption)).rawValue)
