import Artifacts
import CProcessor
import Cores
import Diagnostics
import Glibc
import Pipelines
import Processors
import Tensors

/// Finds the command, runs it, and turns what it throws into text and an exit code.
func perform(_ words: [String], until interruption: Interruption) -> ExitCode {
  let helpWords = ["--help", "-h", "help"]
  let subject = words.first { !helpWords.contains($0) && !$0.hasPrefix("-") }
  guard let verb = words.first, subject != nil || !helpWords.contains(verb) else {
    Help(terminal: .output).showOverview(of: CommandList.all)
    return words.isEmpty ? .usage : .fine
  }
  if verb == "--version" {
    Terminal.output.line("millrace \(Program.version)")
    return .fine
  }
  do throws(Diagnostic) {
    let isHelp = helpWords.contains(verb)
    let name = isHelp ? subject ?? verb : verb
    guard let command = CommandList.command(named: name) else {
      throw Diagnostic(.unknownCommand(name, among: CommandList.all.map { $0.name }))
    }
    let options = words.prefix { $0 != "--" }
    if isHelp || options.contains("--help") || options.contains("-h") {
      Help(terminal: .output).show(command)
      return .fine
    }
    try LockKind.checkEnvironment()
    return try command.init(ParsedArguments(Array(words.dropFirst()), for: command)).run(
      until: interruption)
  } catch {
    Terminal.errors.tell(error)
    return .usage
  }
}

/// The exit code at the end; an error, which is reported, if standard output could not be written.
func closing(_ code: ExitCode) -> ExitCode {
  switch Terminal.output.failureNumber {
  case 0: return code
  case EPIPE: return code == .fine ? .outputAbandoned : code
  case let number:
    Terminal.errors.tell(Diagnostic(.outputFailed(number)))
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

// This comes first, since all other code may use instructions that an older processor lacks.
ProcessorFeatures(bits: processor_features_compiled_for).endProgramUnlessPresent()

// The next file to be opened would get the number of a standard stream that is closed.
for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
  _ = unsafe open("/dev/null", O_RDWR)
}

OpenBLAS.setEnvironment()
keepFreedMemory()

/// A request to stop: by a signal, or because the reader of the output has closed it.
package let interruption = Interruption(or: { Terminal.output.hasFailed })

SignalHandlers.set()

package let words = Array(CommandLine.arguments.dropFirst())
let code = closing(perform(words, until: interruption))
if code == .interrupted {
  // A shell that runs a list of commands sees by this that the list is to stop.
  let number = interruption.firstSignal == SIGINT ? SIGINT : SIGTERM
  _ = signal(number, SIG_DFL)
  raise(number)
}
exit(code.rawValue)
