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
    var problems =
      found + plan.warnings + (obstacle.map { plan.problemsOfFiles(overlay, $0) } ?? [])
    var sweeps = plan.definition.sweeps
    if !plan.foldedStages.isEmpty, let ofFolds = try? Sweep(arguments: [], of: plan) {
      sweeps.append(ofFolds)
    }
    for sweep in sweeps {
      var planner = SweepPlanner(sweep, base: plan, document: document, catalog: catalog)
      switch planner.read() {
      case .problems(let more):
        let own = ofSweep(sweep, document, overlay, catalog)
        problems += own.map { own in more.filter(own.contains) } ?? more
      case .plan(let sweep): problems += sweep.warnings
      }
    }
    var seen: Set<Diagnostic> = []
    return (inOrder(problems.filter { seen.insert($0).inserted }), plan.stages.count)
  }

  /// The problems that a sweep has without the settings of the command line; nil where none are given.
  ///
  /// Settings that the points of a sweep do not go with are no mistake of the definition: stages run
  /// with them, and a command that sweeps with them says so.
  private static func ofSweep(
    _ sweep: Sweep, _ document: TOMLDocument, _ overlay: [GivenOverlay], _ catalog: StageCatalog
  ) -> Set<Diagnostic>? {
    let kept = overlay.filter(\.isFinal)
    guard kept.count < overlay.count else { return nil }
    let (plan, _) = attempt(document, overlay: kept, catalog: catalog)
    var planner = SweepPlanner(sweep, base: plan, document: document, catalog: catalog)
    guard case .problems(let own) = planner.read() else { return [] }
    return Set(own)
  }

  /// What is to be said of the files that stages read: those that cannot be read, and what the first
  /// rows of the others show.
  private func problemsOfFiles(
    _ overlay: [GivenOverlay], _ obstacle: (String) -> Diagnostic?
  ) -> [Diagnostic] {
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
      return [located(problem, inFirstRowsOf: stage, reading: option, overlay)]
    }
  }

  /// A problem that the first rows of a file show: of the file as a whole at its path, of a line that
  /// is quoted there, and any other at the option that was read.
  private func located(
    _ problem: Diagnostic, inFirstRowsOf stage: PlannedStage, reading option: String,
    _ overlay: [GivenOverlay]
  ) -> Diagnostic {
    guard problem.excerpt == nil else { return problem }
    if problem.place == nil {
      let files = stage.keyLines.flatMap { line in
        line.content.paths.compactMap { path in line.path.map { (path: path, written: $0) } }
      }
      if let file = files.first(where: { problem.message.problem.contains("'\($0.path)'") }) {
        return file.written.locate(problem, of: file.path)
      }
    }
    let line = stage.keyLines.first { line in
      line.place != nil && (line.name == option || line.name.hasPrefix("\(option)."))
    }
    let given = overlay.last { $0.stage == stage.name && $0.option.name == line?.name }?.option
    if let given { return given.source.diagnostic(.inFirstRows(problem), at: given.node.range) }
    let place = line?.place ?? stage.place
    return Diagnostic(
      .inFirstRows(problem), at: place, excerpt: definition.source.excerpt(at: place))
  }
}

extension Diagnostic.Message {
  fileprivate static func inFirstRows(_ problem: Diagnostic) -> Self {
    let place = problem.place.map { " (\($0))" } ?? ""
    return Self("\(problem.message.problem)\(place)", remedy: problem.message.remedy)
  }
}
