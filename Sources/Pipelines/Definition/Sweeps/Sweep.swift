import TOML

/// Settings of one pipeline to be compared, as `[sweep.NAME]` or the command line gives them.
package struct Sweep: Sendable {
  package let name: String
  /// The axes; a point takes one alternative of each.
  package var axes: [SweepAxis] = []
  /// How many seeds each point is trained with.
  package var seedCount = 1
  package var halving: Halving?
  package var objective: Objective?
  /// The text of a command line that gives the objective; nil where the definition does, or nothing.
  package var objectiveSource: TOMLSource?
  /// Where `[sweep.NAME]` stands.
  package let range: SourceRange
  package let source: TOMLSource

  package init(name: String, range: SourceRange, source: TOMLSource) {
    self.name = name
    self.range = range
    self.source = source
  }

  /// The most points, or runs of each fold and seed of them; more are taken for a mistake.
  package static let maximumPointCount = 100_000

  /// The names of the options that vary, each once.
  package var optionNames: [String] { axes.flatMap(\.optionNames) }

  /// Every combination of the axes' alternatives, the last axis turning fastest, each once.
  package var points: [SweepPoint] {
    var combinations: [[GivenOverlay]] = [[]]
    for axis in axes {
      combinations = combinations.flatMap { start in axis.alternatives.map { start + $0 } }
    }
    var seen: Set<[String]> = []
    return combinations.filter { seen.insert($0.map { "\($0.name)=\($0.spelling)" }).inserted }
      .enumerated().map { SweepPoint(number: $0.offset + 1, settings: $0.element) }
  }
}

/// One axis of a sweep: alternatives, each of which sets one or more options.
package struct SweepAxis: Sendable {
  let alternatives: [[GivenOverlay]]

  package init(alternatives: [[GivenOverlay]]) {
    self.alternatives = alternatives
  }

  /// The names of the options, in the order they were written.
  package var optionNames: [String] {
    alternatives.joined().reduce(into: []) { names, overlay in
      if !names.contains(overlay.name) { names.append(overlay.name) }
    }
  }
}

/// One point of a sweep: the options that it overrides.
package struct SweepPoint: Sendable {
  /// Counted from 1.
  package let number: Int
  package let settings: [GivenOverlay]

  /// The arguments of `run` for this point: `--set train.hidden=64`.
  package var arguments: [String] {
    settings.flatMap { ["--set", "\($0.name)=\($0.spelling)"] }
  }
}
