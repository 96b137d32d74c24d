import Artifacts
import Cores
import Diagnostics
import Formats
import Pipelines
import Sweeps

/// `check`: every problem of a definition, files that cannot be read, and what stages warned of.
struct Check: Command {
  static let name = "check"
  static let summary = "report every problem of a definition"
  static let usage = "FILE…"
  static let places = WordPlaces(rest: [.file])
  static let example = "millrace check pipelines/classify-bios.toml"
  static let options: [CommandOption] = [.set, .store, .json]
  static let details = """
    What stages warned of when they gave the results that are in the store, such as test rows that
    stand in the training part too, is told again, and how long a run would take where records tell.
    Settings of --set are of the stages: whether the points of a sweep go with them, `sweep` says.
    """

  private let arguments: ParsedArguments
  private let files: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    files = try arguments.words(1...Int.max)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    var problems: [Diagnostic] = []
    var stageCount = 0
    var forecasts: [RunForecast] = []
    let cores = availableCores()
    let store = try ArtifactStore.lookedInto(by: arguments)
    for file in files {
      let checked = try DefinitionFile.check(file, arguments, in: store, cores: cores)
      problems += checked.problems
      stageCount += checked.stageCount
      if let forecast = checked.forecast { forecasts.append(forecast) }
    }
    let seconds = forecasts.reduce(0) { $0 + $1.seconds }
    let errors = problems.count { $0.severity == .error }
    let warnings = problems.count - errors
    if arguments.has(.json) {
      Terminal.output.line(
        JSONValue.object(
          [.init("problems", .array(ProblemList(problems).told.map(\.json)))]
            + (forecasts.isEmpty ? [] : [.init("forecast-seconds", .milliseconds(of: seconds))])
        ).pretty)
    } else {
      ProblemList(problems).write(to: .output)
      for forecast in forecasts where forecast.isNotable {
        Terminal.output.line("a run would take \(forecast.words(cores: cores))")
      }
      Terminal.output.line(
        problems.isEmpty
          ? "\(Spelling.count(stageCount, "stage")), no problems"
          : "\(Spelling.count(errors, "error")), \(Spelling.count(warnings, "warning"))")
    }
    return errors > 0 ? .usage : .fine
  }
}

extension Diagnostic {
  /// The diagnostic's facts, for programs.
  var json: JSONValue {
    func number(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
    return [
      "severity": .string(severity.rawValue), "problem": .string(message.problem),
      "remedy": message.remedy.map(JSONValue.string) ?? .null,
      "file": place.map { .string($0.file) } ?? .null, "line": number(place?.line),
      "column": number(place?.column),
    ]
  }
}
