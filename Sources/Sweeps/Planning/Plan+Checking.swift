import Diagnostics
import Pipelines
import TOML

extension Plan {
  /// Everything that is to be said of a definition and the points of its sweeps, in one pass.
  ///
  /// - Parameter openFile: fails for a file that stages could not read; told as a warning.
  /// - Returns: the problems and warnings in the order of the file, and how many stages it has.
  package static func check(
    _ bytes: [UInt8], file: String, overlay: [GivenOverlay], catalog: StageCatalog,
    openFile: ((String) throws(Diagnostic) -> Void)? = nil
  ) -> (problems: [Diagnostic], stageCount: Int) {
    let document: TOMLDocument
    do throws(Diagnostic) {
      document = try TOMLDocument.parse(bytes, file: file)
    } catch { return ([error], 0) }
    let (plan, found) = attempt(document, overlay: overlay, catalog: catalog)
    var problems = found + plan.warnings + (openFile.map(plan.unreadableFiles) ?? [])
    for sweep in plan.definition.sweeps {
      var planner = SweepPlanner(
        sweep, base: plan, document: document, overlay: overlay, catalog: catalog)
      switch planner.read() {
      case .problems(let more): problems += more
      case .plan(let sweep): problems += sweep.warnings
      }
    }
    var seen: Set<Diagnostic> = []
    return (inOrder(problems.filter { seen.insert($0).inserted }), plan.stages.count)
  }

  /// A warning for each file that stages read and that cannot be opened.
  private func unreadableFiles(
    _ openFile: (String) throws(Diagnostic) -> Void
  ) -> [Diagnostic] {
    stages.flatMap(\.keyLines).flatMap { line in
      line.content.paths.compactMap { path in
        do throws(Diagnostic) {
          try openFile(path)
          return nil
        } catch {
          var warning = line.path?.locate(error, of: path) ?? error
          warning.severity = .warning
          return warning
        }
      }
    }
  }
}
