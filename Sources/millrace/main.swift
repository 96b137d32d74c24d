import Artifacts
import CProcessor
import Cores
import Diagnostics
import Files
import Glibc
import Pipelines
import Processors
import Tensors

/// Finds the command, runs it, and turns what it throws into text and an exit code.
func perform(_ words: [String], until interruption: Interruption) -> ExitCode {
  guard let verb = words.first, !["--help", "-h", "help"].contains(verb) else {
    if words.count > 1, let command = CommandList.command(named: words[1]) {
      Help(terminal: .output).show(command)
    } else {
      Help(terminal: .output).showOverview(of: CommandList.all)
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

// With the signals ignored, a closed pipe and a file over its size limit are errors of the write.
_ = signal(SIGPIPE, SIG_IGN)
_ = signal(SIGXFSZ, SIG_IGN)

OpenBLAS.setEnvironment()
keepFreedMemory()

/// A request to stop: by a signal, or because the reader of the output has closed it.
package let interruption = Interruption(or: { Terminal.output.hasFailed })

// People and systems that insist end the program at once. The warnings of schedulers that time runs
// out, SIGXCPU and SIGUSR1, come again and again.
var awaited = sigset_t()
_ = unsafe sigemptyset(&awaited)
let isLeftAlone = unsafe unsafeBitCast(signal(SIGHUP, SIG_IGN), to: UInt.self) == 1
for number in [SIGINT, SIGTERM, SIGXCPU, SIGUSR1] + (isLeftAlone ? [] : [SIGHUP]) {
  _ = unsafe sigaddset(&awaited, number)
  _ = signal(number) { number in
    guard interruption.isPolled else {
      _ = signal(number, SIG_DFL)
      raise(number)
      return
    }
    let isWarning = number == SIGXCPU || number == SIGUSR1
    let count = interruption.request(by: number)
    if count > 1, !isWarning { _exit(128 + number) }
    if count == 1 {
      let pause = timeval(tv_sec: 0, tv_usec: Interruption.reminderInterval)
      var reminders = itimerval(it_interval: pause, it_value: pause)
      _ = unsafe setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &reminders, nil)
    }
  }
}
_ = unsafe sigaddset(&awaited, SIGALRM)
_ = signal(SIGALRM) { _ in if interruption.remind() { _exit(interruption.endingCode) } }
WorkClock.see()
_ = unsafe sigaddset(&awaited, SIGCONT)
_ = signal(SIGCONT) { _ in WorkClock.resume() }
// The program that started this process may have blocked the signals.
_ = unsafe pthread_sigmask(SIG_UNBLOCK, &awaited, nil)

package let words = Array(CommandLine.arguments.dropFirst())
let code = closing(perform(words, until: interruption))
if code == .interrupted {
  // A shell that runs a list of commands sees by this that the list is to stop.
  let number = interruption.firstSignal == SIGINT ? SIGINT : SIGTERM
  _ = signal(number, SIG_DFL)
  raise(number)
}
exit(code.rawValue)
