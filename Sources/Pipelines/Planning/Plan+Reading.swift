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
    var problems = reader.problems + planner.problems
    var plan = Plan(definition: definition, sweep: nil, stages: planner.stages)
    for stage in plan.stages { plan.surroundings.formUnion(stage.surroundings) }
    if problems.isEmpty {
      let warnings = DefinitionWarnings(definition: definition, stages: planner.stages)
      (plan.likelyMistakes, plan.shortages) = (warnings.ofMeaning, warnings.ofMemory)
      if definition.keepsTest {
        plan = plan.withoutTest(catalog)
        if plan.keptForEnd.isEmpty, let entry = document.root.entries.first(where: isTest) {
          problems.append(document.source.diagnostic(.noTestScores, at: entry.node.range))
        }
      }
    }
    return (plan, problems)
  }

  private static func isTest(_ entry: TOMLTable.Entry) -> Bool {
    entry.key == TestScores.option
  }

  /// The plan without the stages of test rows.
  private func withoutTest(_ catalog: StageCatalog) -> Plan {
    let kept = stagesOfTest
    let rest = definition.leavingOut(kept)
    let planner = Planner(rest, catalog: catalog)
    planner.plan(rest)
    var plan = Plan(definition: rest, sweep: sweep, stages: planner.stages)
    plan.keptForEnd = kept
    plan.surroundings = surroundings
    (plan.likelyMistakes, plan.shortages) = (likelyMistakes, shortages)
    return plan
  }

  package static func inOrder(_ problems: [Diagnostic]) -> [Diagnostic] {
    problems.enumerated().sorted { a, b in
      let (x, y) = (a.element.place, b.element.place)
      return (x?.line ?? 0, x?.column ?? 0, a.offset) < (y?.line ?? 0, y?.column ?? 0, b.offset)
    }.map(\.element)
  }
}
