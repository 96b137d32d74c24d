import Pipelines
import Sweeps
import Views

/// The settings of a page's results that override the definition.
package struct ReportedSettings: Sendable {
  /// Settings given one by one.
  package let given: [GivenOverlay]
  /// Settings of a sweep's point.
  package let ofPoint: [GivenOverlay]
  /// The point, as `--point` names it.
  private let point: String?
  /// How it was chosen; nil if it was asked for.
  private let choice: BestPoint?

  /// Settings that a person asked for.
  package init(given: [GivenOverlay], point: String? = nil, ofPoint: [GivenOverlay] = []) {
    self.given = given
    self.point = point
    self.ofPoint = ofPoint
    choice = nil
  }

  /// The best point of the sweeps; nil when none has one yet.
  package init?(bestOf statuses: [SweepStatus], given: [GivenOverlay]) {
    guard let best = BestPoint(of: statuses) else { return nil }
    self.given = given
    point = "\(best.sweep.name).\(best.point.number)"
    ofPoint = best.point.settings
    choice = best
  }

  /// The point of a sweep that has these settings, of the definition itself the one of its folds; nil
  /// when they are no point's.
  package func point(of sweeps: [SweepTable]) -> (sweep: SweepTable, row: SweepTable.Row)? {
    let sweeps = sweeps.filter { point != nil || $0.status.plan.foldCount > 1 }
    func spelled(_ settings: [GivenOverlay]) -> [String] {
      settings.map { "\($0.name)=\($0.spelling)" }
    }
    let own = spelled(ofPoint)
    let named = choice.map(\.sweep.name)
    for sweep in sweeps where named == nil || sweep.status.plan.sweep.name == named {
      if let row = sweep.rows.first(where: { spelled($0.point.point.settings) == own }) {
        return (sweep, row)
      }
    }
    return nil
  }

  private var all: [GivenOverlay] { given + ofPoint }

  /// The arguments of `run` that give these settings.
  package var arguments: [String] { all.flatMap { ["--set", "\($0.name)=\($0.spelling)"] } }

  /// A description of them; empty when there are none.
  var account: [Markup] {
    guard !all.isEmpty else { return [] }
    let subject = point.map { "the point \($0), " } ?? ""
    let settings = all.enumerated().flatMap { place, setting in
      (place > 0 ? [", "] : []) + [Markup.code("\(setting.name)=\(setting.spelling)")]
    }
    return [
      .tag(
        .p, [:],
        [.text("\(choice?.words ?? "This is ")\(subject)with ")] + settings
          + [.text(".\(choice?.remarks ?? "")")])
    ]
  }
}

/// The best point of all sweeps that rank by the score of the first that has a best one.
private struct BestPoint {
  let sweep: Sweep
  let point: SweepPoint
  private let objective: Objective
  private let value: Double
  /// The sweeps it is the best of, and those that rank by another score.
  private var compared: [String]
  private var leftAside: [SweepPlan] = []

  init?(of statuses: [SweepStatus]) {
    let found = statuses.compactMap(BestPoint.init)
    guard let first = found.first else { return nil }
    let rivals = found.filter { $0.objective == first.objective }
    self = rivals.reduce(first) { $0.objective.isBetter($1.value, than: $0.value) ? $1 : $0 }
    compared = rivals.map(\.sweep.name)
    leftAside = statuses.map(\.plan).filter { $0.objective != first.objective }
  }

  private init?(of status: SweepStatus) {
    guard let best = status.best.map({ status.points[$0] }), let value = best.value else {
      return nil
    }
    sweep = status.plan.sweep
    point = best.point
    objective = status.plan.objective
    self.value = value
    compared = [sweep.name]
  }

  var words: String {
    "The definition itself has not been run. By \(objective.name), the best point of the "
      + "sweep\(compared.count > 1 ? "s" : "") \(compared.inWords) is "
  }

  var remarks: String {
    leftAside.reduce("") { remarks, other in
      "\(remarks) The sweep \(other.sweep.name) ranks by \(other.objective.name)."
    }
  }
}

extension [String] {
  /// `a`, `a and b`, `a, b and c`.
  fileprivate var inWords: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and \(last)"
  }
}
