import Pipelines
import ToyStages

/// A random pipeline of toy kinds, with a plain evaluator of what each stage must give.
struct ToyPipeline {
  enum Work: Hashable {
    case read(file: Int)
    case append(suffix: String, times: Int)
    case cut(length: Int)
    case deal
    case shout
    case join
    case grow(rounds: Int)
  }

  struct Source: Hashable {
    var stage: Int
    var port: String
  }

  struct Stage {
    var name: String
    var work: Work
    /// Positions in `stages`, always earlier ones.
    var sources: [Source]
  }

  /// What decides a stage's outputs, with the inputs' contents in place of their digests.
  struct Identity: Hashable {
    let work: Work
    let inputs: [String]

    /// What the stage gives, by port.
    var outputs: [String: String] {
      switch work {
      case .read, .join: return ["text": inputs.joined()]
      case .append(let suffix, let times):
        return ["text": ToyAppend.text(inputs[0], suffix: suffix, times: times)]
      case .cut(let length): return ["text": String(inputs[0].prefix(length))]
      case .deal:
        let parts = ToyDeal.parts(of: inputs[0])
        return ["train": parts.train, "test": parts.test]
      case .shout: return ["text": inputs[0].uppercased()]
      case .grow(let rounds): return ["text": inputs[0] + String(repeating: ".", count: rounds)]
      }
    }
  }

  var stages: [Stage] = []
  var comment = ""
  /// The order of the tables in the file.
  var order: [Int] = []

  init(stageCount: Int, using random: inout some RandomNumberGenerator) {
    for index in 0..<stageCount { append(index, using: &random) }
    order = Array(stages.indices)
  }

  private mutating func append(_ index: Int, using random: inout some RandomNumberGenerator) {
    let work: Work =
      switch index == 0 ? 0 : Int.random(in: 0..<8, using: &random) {
      case 0: .read(file: .random(in: 0..<3, using: &random))
      case 1, 2: .append(suffix: Self.suffix(&random), times: .random(in: 0..<3, using: &random))
      case 3: .cut(length: .random(in: 0..<12, using: &random))
      case 4: .deal
      case 5: .shout
      case 6: .join
      default: .grow(rounds: .random(in: 1..<6, using: &random))
      }
    let count =
      switch work {
      case .read: 0
      case .join: Int.random(in: 1...3, using: &random)
      default: 1
      }
    let sources = (0..<count).map { _ in source(before: index, using: &random) }
    stages.append(Stage(name: "s\(index)", work: work, sources: sources))
  }

  private func source(
    before index: Int, using random: inout some RandomNumberGenerator
  ) -> Source {
    let stage = Int.random(in: 0..<index, using: &random)
    let isDeal = stages[stage].work == .deal
    return Source(
      stage: stage, port: isDeal ? (Bool.random(using: &random) ? "train" : "test") : "text")
  }

  static func suffix(_ random: inout some RandomNumberGenerator) -> String {
    ["x", "y", "é z", "\"q\""].randomElement(using: &random) ?? ""
  }

  /// The definition's text.
  ///
  /// - Parameter failing: the stages that are told to fail.
  func definition(failing: Set<Int>) -> String {
    order.map { table(of: stages[$0], isFailing: failing.contains($0)) }
      .joined(separator: "\n\(comment)\n")
  }

  private func table(of stage: Stage, isFailing: Bool) -> String {
    var lines = ["[stage.\(stage.name)]"]
    let references = stage.sources.map { source in
      let name = stages[source.stage].name
      return StageKey.quoted(source.port == "text" ? name : "\(name).\(source.port)")
    }
    switch stage.work {
    case .read(let file): lines += ["kind = \"read\"", "path = \"\(file).txt\""]
    case .append(let suffix, let times):
      lines += ["kind = \"append\"", "suffix = \(StageKey.quoted(suffix))", "times = \(times)"]
      if isFailing { lines.append("failing = 1") }
    case .cut(let length): lines += ["kind = \"cut\"", "length = \(length)"]
    case .deal: lines.append("kind = \"deal\"")
    case .shout: lines.append("kind = \"shout\"")
    case .join: lines.append("kind = \"join\"")
    case .grow(let rounds): lines += ["kind = \"grow\"", "rounds = \(rounds)"]
    }
    if !references.isEmpty {
      let isList = stage.work == .join
      lines.append("from = \(isList ? "[\(references.joined(separator: ", "))]" : references[0])")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What decides the outputs of a stage.
  ///
  /// - Parameter contents: what the stages before it gave.
  func identity(
    of index: Int, files: [String], contents: (Source) -> String
  ) -> Identity {
    let stage = stages[index]
    // Where a file lies has no part in what it is.
    if case .read(let file) = stage.work {
      return Identity(work: .read(file: 0), inputs: [files[file]])
    }
    return Identity(work: stage.work, inputs: stage.sources.map(contents))
  }

  /// Changes one thing, as a person might.
  mutating func edit(using random: inout some RandomNumberGenerator) {
    let index = Int.random(in: stages.indices, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: stages[index].name = "renamed\(Int.random(in: 0..<1_000_000, using: &random))"
    case 1: order.shuffle(using: &random)
    case 2: comment = "# \(Int.random(in: 0..<1000, using: &random))"
    default: changeOption(of: index, using: &random)
    }
  }

  private mutating func changeOption(
    of index: Int, using random: inout some RandomNumberGenerator
  ) {
    switch stages[index].work {
    case .read: stages[index].work = .read(file: .random(in: 0..<3, using: &random))
    case .append(let suffix, let times):
      stages[index].work =
        Bool.random(using: &random)
        ? .append(suffix: Self.suffix(&random), times: times)
        : .append(suffix: suffix, times: .random(in: 0..<3, using: &random))
    case .cut: stages[index].work = .cut(length: .random(in: 0..<12, using: &random))
    case .grow: stages[index].work = .grow(rounds: .random(in: 1..<6, using: &random))
    case .shout, .deal, .join:
      stages[index].sources[0] = source(before: index, using: &random)
    }
  }
}
