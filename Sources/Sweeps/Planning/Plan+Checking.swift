import Diagnostics
import Pipelines
import TOML

extension Plan {
  /// Everything that is to be said of a definition and the points of its sweeps, in one pass.
  ///
  /// - Parameter obstacle: what keeps a file that stages read from being read; nil when nothing does.
  ///   Where it is given, the first rows of the files that can be read are looked at too.
  /// - Returns: the problems and warnings in the order of the file, and how many stages it has.
  package static func check(
    _ bytes: [UInt8], file: String, overlay: [GivenOverlay], catalog: StageCatalog,
    obstacle: ((String) -> Diagnostic?)? = nil
  ) -> (problems: [Diagnostic], stageCount: Int) {
    let document: TOMLDocument
    do throws(Diagnostic) {
      document = try TOMLDocument.parse(bytes, file: file)
    } catch { return ([error], 0) }
    let (plan, found) = attempt(document, overlay: overlay, catalog: catalog)
    var problems = found + plan.warnings + (obstacle.map(plan.problemsOfFiles) ?? [])
    var sweeps = plan.definition.sweeps
    if !plan.foldedStages.isEmpty, let ofFolds = try? Sweep(arguments: [], of: plan) {
      sweeps.append(ofFolds)
    }
    for sweep in sweeps {
      var planner = SweepPlanner(sweep, base: plan, document: document, catalog: catalog)
      switch planner.read() {
      case .problems(let more): problems += more
      case .plan(let sweep): problems += sweep.warnings
      }
    }
    var seen: Set<Diagnostic> = []
    return (inOrder(problems.filter { seen.insert($0).inserted }), plan.stages.count)
  }

  /// What is to be said of the files that stages read: those that cannot be read, and what the first
  /// rows of the others show.
  private func problemsOfFiles(_ obstacle: (String) -> Diagnostic?) -> [Diagnostic] {
    stages.flatMap { stage in
      let unreadable = stage.keyLines.flatMap { line in
        line.content.paths.compactMap { path -> Diagnostic? in
          guard let problem = obstacle(path) else { return nil }
          return line.path?.locate(problem, of: path) ?? problem
        }
      }
      guard unreadable.isEmpty, let (option, problem) = stage.stage.problemInFirstRows() else {
        return unreadable
      }
      let line = stage.keyLines.first { line in
        line.place != nil && (line.name == option || line.name.hasPrefix("\(option)."))
      }
      let place = line?.place ?? stage.place
      return [
        Diagnostic(
          .inFirstRows(problem), at: place, excerpt: definition.source.excerpt(at: place))
      ]
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func inFirstRows(_ problem: Diagnostic) -> Self {
    let place = problem.place.map { " (\($0))" } ?? ""
    return Self("\(problem.message.problem)\(place)", remedy: problem.message.remedy)
  }
}
