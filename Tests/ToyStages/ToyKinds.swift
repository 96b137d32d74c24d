import Artifacts
import Diagnostics
import Files
import Pipelines

/// Stage kinds on short texts, with every sort of option, edge and role the engine knows.
package enum ToyKinds {
  package static let catalog = StageCatalog([
    ToyRead.self, ToyAppend.self, ToyCut.self, ToyDeal.self, ToyShout.self, ToyJoin.self,
    ToyGrow.self, ToyLearn.self, ToyScore.self,
  ])
}

extension ArtifactType {
  package static let text = Self("text")
  package static let tally = Self("tally")
}

/// A stage that gives one text, computed from the texts it reads.
package protocol ToyStage: Stage {
  func text(_ work: StageWork) throws(Diagnostic) -> String
}

extension ToyStage {
  package static var version: Int { 1 }
  package static var manual: String { "a toy" }
  package var outputs: [Port] { [Port(.text)] }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    try work.commit(text(work), to: outputs[0])
    return .finished
  }
}

extension StageWork {
  package func text(of input: StageInput) throws(Diagnostic) -> String {
    String(decoding: try map(input).contents, as: UTF8.self)
  }
}

/// The text of a file.
package struct ToyRead: ToyStage {
  package static let kind = "read"
  package let files: [ExternalFile]

  package init(from options: inout StageOptions) { files = options.files("path", "the file") }

  package func text(_ work: StageWork) throws(Diagnostic) -> String {
    var text = ""
    for file in files {
      text += String(
        decoding: try InputFile.contents(of: file.path, atMost: 1 << 20), as: UTF8.self)
    }
    return text
  }
}

/// A text with something behind it.
package struct ToyAppend: ToyStage {
  package enum Case: String, CaseIterable {
    case kept, upper
  }

  package static let kind = "append"
  package let from: StageInput
  package let suffix: String
  package let times: Int
  package let weight: Double
  package let letterCase: Case
  package let marks: [String]
  package let isFailing: Bool

  package init(from options: inout StageOptions) {
    from = options.input("from", .text, "what comes first")
    suffix = options.text("suffix", default: "!", "what comes behind")
    times = options.integer("times", default: 1, in: 0...9, "how often")
    weight = options.number("weight", default: 1, in: .from(0, through: 10), "written at the end")
    letterCase = options.choice("case", default: .kept, "upper or kept")
    marks = options.texts("marks", default: [], "more to append")
    isFailing =
      options.integer("failing", default: 0, in: 0...1, isKeyed: false, "whether to fail") > 0
  }

  package func rows(of port: Port) -> RowSource { .input(from, .same) }

  package func text(_ work: StageWork) throws(Diagnostic) -> String {
    if isFailing { throw Diagnostic(Diagnostic.Message("told to fail")) }
    return Self.text(
      try work.text(of: from), suffix: suffix, times: times, weight: weight, letterCase: letterCase,
      marks: marks)
  }

  package static func text(
    _ text: String, suffix: String, times: Int, weight: Double = 1, letterCase: Case = .kept,
    marks: [String] = []
  ) -> String {
    let whole = text + String(repeating: suffix, count: times) + marks.joined() + "\(weight)"
    return letterCase == .upper ? whole.uppercased() : whole
  }
}

/// The first letters of a text: what is behind them changes nothing further on.
package struct ToyCut: ToyStage {
  package static let kind = "cut"
  package let from: StageInput
  package let length: Int

  package init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text to cut")
    length = options.integer("length", default: nil, in: 0...1000, "how many letters stay")
  }

  package func rows(of port: Port) -> RowSource { .input(from, .choice) }

  package func text(_ work: StageWork) throws(Diagnostic) -> String {
    String(try work.text(of: from).prefix(length))
  }
}

/// Deals the letters of a text out to two parts.
package struct ToyDeal: Stage {
  package static let kind = "deal"
  package static let version = 1
  package static let manual = "a toy"
  package static let role = StageRole.divides
  package let from: StageInput

  package init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text to deal")
  }

  package var outputs: [Port] { [Port("train", .text), Port("test", .text)] }

  package func rows(of port: Port) -> RowSource { .input(from, .dealt) }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let parts = Self.parts(of: try work.text(of: from))
    try work.commit(parts.train, to: outputs[0])
    try work.commit(parts.test, to: outputs[1])
    return .finished
  }

  package static func parts(of text: String) -> (train: String, test: String) {
    let letters = text.enumerated()
    return (
      String(letters.filter { $0.offset % 2 == 0 }.map(\.element)),
      String(letters.filter { $0.offset % 2 == 1 }.map(\.element))
    )
  }
}

/// Upper case, of one text or of each part.
package struct ToyShout: Stage {
  package static let kind = "shout"
  package static let version = 1
  package static let manual = "a toy"
  package let from: Parts

  package init(from options: inout StageOptions) {
    from = options.parts("from", .text, "what to shout")
  }

  package var outputs: [Port] { from.mapped(to: .text) }

  package func rows(of port: Port) -> RowSource { from.rows(of: port, .same) }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    for (input, port) in zip(from.inputs, outputs) {
      try work.commit(try work.text(of: input).uppercased(), to: port)
    }
    return .finished
  }
}

/// Several texts in a row.
package struct ToyJoin: ToyStage {
  package static let kind = "join"
  package let from: [StageInput]

  package init(from options: inout StageOptions) {
    from = options.inputs("from", .text, unset: nil, "the texts")
  }

  package func text(_ work: StageWork) throws(Diagnostic) -> String {
    var text = ""
    for input in from { text += try work.text(of: input) }
    return text
  }
}

/// A text with a dot for each round; later rounds go on from earlier ones.
package struct ToyGrow: ToyStage {
  package static let kind = "grow"
  package let from: StageInput
  package let rounds: Int

  package init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text to grow")
    rounds = options.extent("rounds", default: 3, in: 1...100, isPrefixed: true, "how many dots")
  }

  package func rows(of port: Port) -> RowSource { .input(from, .same) }

  package func text(_ work: StageWork) throws(Diagnostic) -> String {
    guard let earlier = work.earlier, let digest = earlier.outputs["text"] else {
      work.summarise("from 0")
      return try work.text(of: from) + String(repeating: ".", count: rounds)
    }
    work.summarise("from \(earlier.extent)")
    let text = String(decoding: try work.store.open(digest).contents, as: UTF8.self)
    return text + String(repeating: ".", count: rounds - earlier.extent)
  }
}

/// How often each letter occurs.
package struct ToyLearn: ToyStage {
  package static let kind = "learn"
  package static let role = StageRole.learns
  package let from: StageInput

  package init(from options: inout StageOptions) {
    from = options.input("from", .text, "what to learn from")
    _ = options.seed()
  }

  package var outputs: [Port] { [Port(.tally)] }

  package func text(_ work: StageWork) throws(Diagnostic) -> String {
    let counts = Dictionary(grouping: try work.text(of: from), by: { $0 }).mapValues(\.count)
    return counts.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }.joined()
  }
}

/// How much of a text a tally knows.
package struct ToyScore: ToyStage {
  package static let kind = "score"
  package static let role = StageRole.scores
  package let from: StageInput
  package let model: StageInput

  package init(from options: inout StageOptions) {
    from = options.input("from", .text, "what to score on")
    model = options.input("model", .tally, "what to score")
  }

  package var outputs: [Port] { [Port(.scores)] }

  package func text(_ work: StageWork) throws(Diagnostic) -> String {
    let known = try work.text(of: model)
    return "\(try work.text(of: from).filter(known.contains).count)"
  }
}
