import Diagnostics
import Tensors

/// Which places of a model's buffers are trained, and how, as PyTorch's parameter groups.
///
/// Frozen places are in no group: optimisers do not touch them, their moments stay zero, no decay
/// shrinks them, and their gradient counts for no norm.
package struct ParameterGroups: Sendable {
  /// Neighbouring parameters that learn alike.
  struct Group: Sendable {
    var places: Range<Int>
    let pace: Pace
    /// How many steps others were trained before these.
    var stepsBefore = 0
  }

  /// How a parameter learns.
  struct Pace: Hashable {
    /// What the learning rate is multiplied by.
    var factor = 1.0
    /// Counted from 0.
    var firstEpoch = 0
    /// Whether the weight decay shrinks it.
    var decays = true
  }

  /// In the order of their places.
  let groups: [Group]
  /// The places of all groups, those that touch each other joined.
  let trained: [Range<Int>]

  private init(_ groups: [Group]) {
    self.groups = groups
    trained = groups.reduce(into: []) { joined, group in
      if let last = joined.last, last.upperBound == group.places.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<group.places.upperBound
      } else {
        joined.append(group.places)
      }
    }
  }

  /// - Parameter pace: how a parameter learns that is learnt.
  private init(_ layout: ParameterLayout, by pace: (ParameterLayout.Entry) -> Pace) {
    var groups: [Group] = []
    for (place, entry) in layout.entries.enumerated() where entry.isLearnt {
      let pace = pace(entry)
      guard pace.factor > 0 else { continue }
      let end =
        place + 1 < layout.entries.count ? layout.entries[place + 1].offset : layout.count
      if let last = groups.last, last.pace == pace, last.places.upperBound == entry.offset {
        groups[groups.count - 1].places = last.places.lowerBound..<end
      } else {
        groups.append(Group(places: entry.offset..<end, pace: pace))
      }
    }
    self.init(groups)
  }

  /// Every parameter that is learnt at the learning rate itself.
  package init(all layout: ParameterLayout) {
    self.init(layout) { _ in Pace() }
  }

  /// Parameters at the rates of the patterns they match, the others at the learning rate itself.
  ///
  /// - Parameters:
  ///   - strategy: rates that are multiplied by those of `rates`.
  ///   - undecayed: the parameters that no decay shrinks.
  /// - Throws: when a pattern matches nothing, two of a list give a parameter different rates, or
  ///   all are frozen.
  package init(
    _ rates: [ParameterRate], strategy: [ParameterRate] = [], undecayed: [NamePattern] = [],
    in layout: ParameterLayout
  ) throws(Diagnostic) {
    let names = layout.entries.map(\.name)
    for pattern in (rates + strategy).map(\.names) + undecayed
    where !names.contains(where: pattern.matches) {
      throw Diagnostic(.noParameter(pattern.text, among: names))
    }
    var paces: [String: Pace] = [:]
    for name in names {
      var pace = Pace()
      for list in [rates, strategy] {
        let rate = try Self.rate(of: name, in: list)
        pace.factor *= rate?.factor ?? 1
        pace.firstEpoch = max(pace.firstEpoch, rate?.firstEpoch ?? 0)
      }
      pace.decays = !undecayed.contains { $0.matches(name) }
      paces[name] = pace
    }
    self.init(layout) { paces[$0.name] ?? Pace() }
    guard groups.contains(where: { $0.pace.firstEpoch == 0 }) || layout.entries.isEmpty else {
      throw Diagnostic(.nothingTrained)
    }
  }

  /// The rate that the patterns of a list give a parameter.
  private static func rate(
    of name: String, in list: [ParameterRate]
  ) throws(Diagnostic) -> ParameterRate? {
    let fitting = list.filter { $0.names.matches(name) }
    if let other = fitting.first(where: {
      $0.factor != fitting[0].factor || $0.firstEpoch != fitting[0].firstEpoch
    }) {
      throw Diagnostic(.twoRates(name, fitting[0].names.text, other.names.text))
    }
    return fitting.first
  }

  /// What is learnt in an epoch.
  ///
  /// - Parameter steps: how many were taken in each epoch before it.
  package func learning(inEpoch epoch: Int, after steps: [Int]) -> ParameterGroups {
    ParameterGroups(
      groups.filter { $0.pace.firstEpoch <= epoch }.map { group in
        var group = group
        group.stepsBefore = steps.prefix(group.pace.firstEpoch).reduce(0, +)
        return group
      })
  }
}

extension Diagnostic.Message {
  fileprivate static func noParameter(_ pattern: String, among names: [String]) -> Self {
    // Besides whole names, all that begins like one of them.
    let beginnings = names.flatMap { name in
      name.indices.filter { name[$0] == "." }.map { "\(name[...$0])*" }
    }
    let shown = names.prefix(8).joined(separator: ", ")
    let more = names.count > 8 ? " and \(names.count - 8) more" : ""
    return Self(
      "no parameter is named '\(pattern)'"
        + Suggestion.ending(for: pattern, among: beginnings + names),
      remedy: "the parameters are \(shown)\(more); * stands for any letters")
  }

  fileprivate static func twoRates(_ name: String, _ first: String, _ second: String) -> Self {
    Self(
      "'\(first)' and '\(second)' give the parameter '\(name)' different rates",
      remedy: "let one pattern match it")
  }

  fileprivate static let nothingTrained = Self(
    "every parameter is frozen: there is nothing to train",
    remedy: "freeze fewer of them")
}
