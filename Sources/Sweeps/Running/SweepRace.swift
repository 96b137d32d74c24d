import Pipelines

/// The progress of a sweep through its rungs: the points still in it, and their results so far.
struct SweepRace {
  let plan: SweepPlan
  /// The current rung; nil after the last one.
  private(set) var rung: SweepRung?
  private var number = 0
  /// The places of the points that halving has not dropped, in ascending order.
  private(set) var alive: [Int] {
    didSet { isAlive = Self.marks(alive, of: isAlive.count) }
  }
  /// By the place of a point.
  private var isAlive: [Bool]
  private var statuses: [TrialStatus]
  /// The trials of each point.
  private let trials: [[Int]]

  init(_ plan: SweepPlan) {
    self.plan = plan
    alive = Array(plan.points.indices)
    isAlive = Array(repeating: true, count: plan.points.count)
    statuses = Array(repeating: .unknown, count: plan.trials.count)
    trials = plan.trials.indices.reduce(into: Array(repeating: [], count: plan.points.count)) {
      $0[plan.trials[$1].point].append($1)
    }
    rung = plan.rung(0, trials: Array(plan.trials.indices))
  }

  private static func marks(_ places: [Int], of count: Int) -> [Bool] {
    places.reduce(into: Array(repeating: false, count: count)) { $0[$1] = true }
  }

  var isLastRung: Bool { number == plan.extents.count - 1 }

  var rungNumber: Int { number }

  /// How many points go on to the next rung.
  var survivorCount: Int {
    isLastRung ? 1 : plan.sweep.halving?.survivorCount(of: alive.count) ?? alive.count
  }

  mutating func settle(_ found: [Int: TrialStatus]) {
    for (trial, status) in found {
      statuses[trial] = status.isWaiting ? statuses[trial].waiting : status
    }
  }

  /// Whether nothing is left to do in this rung.
  var isSettled: Bool { alive.allSatisfy { isSettled($0) } }

  /// Whether nothing is left to do for a point in this rung.
  func isSettled(_ point: Int) -> Bool { state(of: point) != .waiting }

  /// Drops all points but the best share, and begins the next rung.
  mutating func advance() {
    guard !isLastRung else {
      rung = nil
      return
    }
    alive = Array(ranked(alive).prefix(survivorCount)).sorted()
    number += 1
    let chosen = alive.flatMap { trials[$0] }
    rung = chosen.isEmpty ? nil : plan.rung(number, trials: chosen)
  }

  /// The points that have a value, the best first; equal ones in their order.
  func ranked(_ points: [Int]) -> [Int] {
    let valued = points.compactMap { point in value(of: point).map { (point, $0) } }
    return valued.sorted(by: isBetter).map(\.0)
  }

  /// The better of two points that have a value.
  func better(_ a: Int, _ b: Int) -> Int {
    guard let first = value(of: a), let second = value(of: b) else { return a }
    return isBetter((a, first), (b, second)) ? a : b
  }

  private func isBetter(_ a: (point: Int, value: Double), _ b: (point: Int, value: Double)) -> Bool
  {
    a.value == b.value ? a.point < b.point : plan.objective.isBetter(a.value, than: b.value)
  }

  func trials(of point: Int) -> [Int] { trials[point] }

  func status(of trial: Int) -> TrialStatus { statuses[trial] }

  /// The mean over the folds and seeds; nil until all are there.
  func value(of point: Int) -> Double? {
    let values = trials[point].compactMap { statuses[$0].value(of: plan.objective) }
    guard values.count == trials[point].count else { return nil }
    return values.reduce(0, +) / Double(values.count)
  }

  private func state(of point: Int) -> SweepStatus.State {
    let states = trials[point].map { statuses[$0] }
    if states.contains(where: { $0.isWaiting }) { return .waiting }
    if value(of: point) == nil { return .failed }
    return .done
  }

  func point(_ place: Int) -> SweepStatus.Point {
    var state = state(of: place)
    let isIn = isAlive[place]
    if !isIn, state == .done { state = .dropped }
    if isIn, state == .done, rung != nil, !isLastRung { state = .waiting }
    return SweepStatus.Point(
      point: plan.points[place], state: state,
      folds: plan.byFold(trials[place].map { statuses[$0] }), value: value(of: place))
  }

  /// The best point of the last rung.
  var best: Int? {
    guard isLastRung else { return nil }
    return ranked(alive.filter { state(of: $0) == .done }).first
  }
}

extension TrialStatus {
  var isWaiting: Bool {
    if case .waiting = state { true } else { false }
  }
  /// The status with the scores so far, for a trial that has more to do.
  fileprivate var waiting: TrialStatus {
    TrialStatus(state: .waiting, extent: extent, records: records, scores: scores)
  }
}
