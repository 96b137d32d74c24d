import Diagnostics
import Tensors

/// Which places of a model's buffers are trained, and at what rate, as PyTorch's parameter groups.
///
/// Frozen places are in no group: optimisers do not touch them, their moments stay zero, no decay
/// shrinks them, and their gradient counts for no norm.
package struct ParameterGroups: Sendable {
  /// Neighbouring parameters with one rate.
  struct Group: Sendable {
    var places: Range<Int>
    /// What the learning rate is multiplied by.
    let factor: Double
  }

  /// In the order of their places.
  let groups: [Group]
  /// The places of all groups, those that touch each other joined.
  let trained: [Range<Int>]

  /// Every parameter that is learnt at the learning rate itself.
  package init(all layout: ParameterLayout) {
    self.init(layout) { _ in 1 }
  }

  /// Parameters at the rates of the patterns they match, the others at the learning rate itself.
  ///
  /// - Throws: when a pattern matches nothing, two give a parameter different rates, or all are
  ///   frozen.
  package init(_ rates: [ParameterRate], in layout: ParameterLayout) throws(Diagnostic) {
    let names = layout.entries.map(\.name)
    for rate in rates where !names.contains(where: rate.names.matches) {
      throw Diagnostic(.noParameter(rate.names.text, among: names))
    }
    func fitting(_ entry: ParameterLayout.Entry) -> [ParameterRate] {
      rates.filter { $0.names.matches(entry.name) }
    }
    for entry in layout.entries {
      let fitting = fitting(entry)
      if let other = fitting.first(where: { $0.factor != fitting[0].factor }) {
        throw Diagnostic(.twoRates(entry.name, fitting[0].names.text, other.names.text))
      }
    }
    self.init(layout) { fitting($0).first?.factor ?? 1 }
    guard !groups.isEmpty || layout.entries.isEmpty else { throw Diagnostic(.nothingTrained) }
  }

  /// - Parameter factor: what the learning rate is multiplied by for a parameter that is learnt.
  private init(_ layout: ParameterLayout, by factor: (ParameterLayout.Entry) -> Double) {
    var groups: [Group] = []
    for (place, entry) in layout.entries.enumerated() {
      let factor = entry.isLearnt ? factor(entry) : 0
      let end =
        place + 1 < layout.entries.count ? layout.entries[place + 1].offset : layout.count
      guard factor > 0 else { continue }
      if let last = groups.last, last.factor == factor, last.places.upperBound == entry.offset {
        groups[groups.count - 1].places = last.places.lowerBound..<end
      } else {
        groups.append(Group(places: entry.offset..<end, factor: factor))
      }
    }
    self.groups = groups
    trained = groups.reduce(into: []) { joined, group in
      if let last = joined.last, last.upperBound == group.places.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<group.places.upperBound
      } else {
        joined.append(group.places)
      }
    }
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
