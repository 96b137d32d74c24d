import Diagnostics
import TOML

extension Plan {
  /// What reading a definition gave: a plan, or every problem found in one pass.
  package enum Reading: Sendable {
    case plan(Plan)
    case problems([Diagnostic])
  }

  /// Reads a definition's bytes and plans it; no input but the definition is opened.
  ///
  /// - Parameter overlay: options of the command line, which win over the file's.
  package static func read(
    _ bytes: [UInt8], file: String, overlay: [GivenOverlay], catalog: StageCatalog
  ) -> Reading {
    let document: TOMLDocument
    do throws(Diagnostic) {
      document = try TOMLDocument.parse(bytes, file: file)
    } catch { return .problems([error]) }
    let (plan, problems) = attempt(document, overlay: overlay, catalog: catalog)
    return problems.isEmpty ? .plan(plan) : .problems(inOrder(problems))
  }

  /// The stages that can be planned, and what is wrong with the others.
  package static func attempt(
    _ document: TOMLDocument, overlay: [GivenOverlay], catalog: StageCatalog
  ) -> (plan: Plan, problems: [Diagnostic]) {
    var reader = DefinitionReader(source: document.source)
    let definition = reader.read(document.root, overlay: overlay)
    let planner = Planner(definition, catalog: catalog)
    planner.plan(definition)
    let problems = reader.problems + planner.problems
    let doubts =
      problems.isEmpty ? DefinitionWarnings(definition: definition, stages: planner.stages).all : []
    let plan = Plan(
      definition: definition, sweep: nil, stages: planner.stages, warnings: inOrder(doubts))
    return (plan, problems)
  }

  package static func inOrder(_ problems: [Diagnostic]) -> [Diagnostic] {
    problems.enumerated().sorted { a, b in
      let (x, y) = (a.element.place, b.element.place)
      return (x?.line ?? 0, x?.column ?? 0, a.offset) < (y?.line ?? 0, y?.column ?? 0, b.offset)
    }.map(\.element)
  }
}
