import Artifacts
import Diagnostics
import Pipelines
import Stages
import Sweeps

/// The settings of a sweep's point that `--point` names: `best`, `3`, or `learning.best`.
struct ChosenPoint {
  let overlay: [GivenOverlay]

  /// - Throws: when there is no such point, or none is the best yet.
  init(_ text: String, of bytes: [UInt8], _ path: String, _ arguments: ParsedArguments)
    throws(Diagnostic)
  {
    let name = PointName(text)
    let reading = SweepPlan.read(
      bytes, file: path, overlay: try DefinitionFile.setOverlay(arguments), catalog: .standard
    ) { (plan) throws(Diagnostic) in
      let sweeps = plan.definition.sweeps.map(\.name)
      guard name.sweep != nil || sweeps.count < 2 else {
        throw Diagnostic(.ofWhichSweep(text, sweeps))
      }
      return try ChosenSweep.sweep(name.sweep.map { [$0] } ?? [], of: plan, hasSeeds: false)
    }
    guard case .plan(let plan) = reading else {
      guard case .problems(let problems) = reading else { preconditionFailure("\(reading)") }
      throw DefinitionFile.shown(problems)
    }
    func missing(_ which: String) -> Diagnostic {
      Diagnostic(
        .noPoint(
          which, of: plan.sweep.name, count: plan.points.count,
          arguments.next(ShowTable.self, path, plan.sweep.name)))
    }
    switch name.point {
    case .best:
      let status = try SweepStatus(of: plan, in: .holdingResults(chosenBy: arguments))
      guard let best = status.best else {
        let sweep = plan.sweep.name
        throw Diagnostic(.noBest(sweep, arguments.next(RunSweep.self, path, sweep)))
      }
      overlay = plan.points[best].settings
    case .number(let number):
      guard plan.points.indices.contains(number - 1) else { throw missing("\(number)") }
      overlay = plan.points[number - 1].settings
    case .unknown(let word): throw missing(word)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func ofWhichSweep(_ point: String, _ sweeps: [String]) -> Self {
    Self(
      "the definition has several sweeps",
      remedy: "say of which: \(sweeps.map { "--point \($0).\(point)" }.joined(separator: ", "))")
  }

  fileprivate static func noBest(_ sweep: String, _ command: String) -> Self {
    Self(
      "no point of the sweep '\(sweep)' is done yet",
      remedy: "run `\(command)` first")
  }

  fileprivate static func noPoint(_ which: String, of sweep: String, count: Int, _ command: String)
    -> Self
  {
    Self(
      "the sweep '\(sweep)' has no point '\(which)'",
      remedy: "give best, or a number from 1 to \(count); `\(command)` lists them")
  }
}
