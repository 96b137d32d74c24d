import Artifacts
import Diagnostics
import Pipelines

/// Stage kinds on short texts, with every sort of option, edge and role the engine knows.
enum ToyKinds {
  static let catalog = StageCatalog([
    ToyRead.self, ToyAppend.self, ToyCut.self, ToyDeal.self, ToyShout.self, ToyJoin.self,
    ToyGrow.self, ToyLearn.self, ToyScore.self,
  ])
}

extension ArtifactType {
  static let text = Self("text")
  static let tally = Self("tally")
  static let scores = Self("scores")
}

/// A stage that gives one text, computed from the texts it reads.
protocol ToyStage: Stage {
  func text(_ work: StageWork) throws(Diagnostic) -> String
}

extension ToyStage {
  static var version: Int { 1 }
  static var manual: String { "a toy" }
  var outputs: [Port] { [Port(.text)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    try work.commit(text(work), to: outputs[0])
    return .finished
  }
}

extension StageWork {
  func text(of input: StageInput) throws(Diagnostic) -> String {
    String(decoding: try map(input).contents, as: UTF8.self)
  }
}

/// The text of a file.
struct ToyRead: ToyStage {
  static let kind = "read"
  let files: [ExternalFile]

  init(from options: inout StageOptions) { files = options.files("path", "the file") }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    var text = ""
    for file in files {
      text += String(
        decoding: try InputFile.contents(of: file.path, atMost: 1 << 20), as: UTF8.self)
    }
    return text
  }
}

/// A text with something behind it.
struct ToyAppend: ToyStage {
  enum Case: String, CaseIterable {
    case kept, upper
  }

  static let kind = "append"
  let from: StageInput
  let suffix: String
  let times: Int
  let weight: Double
  let letterCase: Case
  let marks: [String]
  let isFailing: Bool

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "what comes first")
    suffix = options.text("suffix", default: "!", "what comes behind")
    times = options.integer("times", default: 1, in: 0...9, "how often")
    weight = options.number("weight", default: 1, in: .from(0, through: 10), "written at the end")
    letterCase = options.choice("case", default: .kept, "upper or kept")
    marks = options.texts("marks", default: [], "more to append")
    isFailing =
      options.integer("failing", default: 0, in: 0...1, isKeyed: false, "whether to fail") > 0
  }

  func rows(of port: Port) -> RowSource { .input(from, .same) }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    if isFailing { throw Diagnostic(Diagnostic.Message("told to fail")) }
    return Self.text(
      try work.text(of: from), suffix: suffix, times: times, weight: weight, letterCase: letterCase,
      marks: marks)
  }

  static func text(
    _ text: String, suffix: String, times: Int, weight: Double = 1, letterCase: Case = .kept,
    marks: [String] = []
  ) -> String {
    let whole = text + String(repeating: suffix, count: times) + marks.joined() + "\(weight)"
    return letterCase == .upper ? whole.uppercased() : whole
  }
}

/// The first letters of a text: what is behind them changes nothing further on.
struct ToyCut: ToyStage {
  static let kind = "cut"
  let from: StageInput
  let length: Int

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text to cut")
    length = options.integer("length", default: nil, in: 0...1000, "how many letters stay")
  }

  func rows(of port: Port) -> RowSource { .input(from, .choice) }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    String(try work.text(of: from).prefix(length))
  }
}

/// Deals the letters of a text out to two parts.
struct ToyDeal: Stage {
  static let kind = "deal"
  static let version = 1
  static let manual = "a toy"
  static let role = StageRole.divides
  let from: StageInput

  init(from options: inout StageOptions) { from = options.input("from", .text, "the text to deal") }

  var outputs: [Port] { [Port("train", .text), Port("test", .text)] }

  func rows(of port: Port) -> RowSource { .input(from, .dealt) }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let parts = Self.parts(of: try work.text(of: from))
    try work.commit(parts.train, to: outputs[0])
    try work.commit(parts.test, to: outputs[1])
    return .finished
  }

  static func parts(of text: String) -> (train: String, test: String) {
    let letters = text.enumerated()
    return (
      String(letters.filter { $0.offset % 2 == 0 }.map(\.element)),
      String(letters.filter { $0.offset % 2 == 1 }.map(\.element))
    )
  }
}

/// Upper case, of one text or of each part.
struct ToyShout: Stage {
  static let kind = "shout"
  static let version = 1
  static let manual = "a toy"
  let from: Parts

  init(from options: inout StageOptions) {
    from = options.parts("from", .text, "what to shout")
  }

  var outputs: [Port] { from.mapped(to: .text) }

  func rows(of port: Port) -> RowSource { from.rows(of: port, .same) }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    for (input, port) in zip(from.inputs, outputs) {
      try work.commit(try work.text(of: input).uppercased(), to: port)
    }
    return .finished
  }
}

/// Several texts in a row.
struct ToyJoin: ToyStage {
  static let kind = "join"
  let from: [StageInput]

  init(from options: inout StageOptions) {
    from = options.inputs("from", .text, unset: nil, "the texts")
  }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    var text = ""
    for input in from { text += try work.text(of: input) }
    return text
  }
}

/// A text with a dot for each round; later rounds go on from earlier ones.
struct ToyGrow: ToyStage {
  static let kind = "grow"
  let from: StageInput
  let rounds: Int

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "the text to grow")
    rounds = options.extent("rounds", default: 3, in: 1...100, isPrefixed: true, "how many dots")
  }

  func rows(of port: Port) -> RowSource { .input(from, .same) }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
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
struct ToyLearn: ToyStage {
  static let kind = "learn"
  static let role = StageRole.learns
  let from: StageInput

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "what to learn from")
    _ = options.seed()
  }

  var outputs: [Port] { [Port(.tally)] }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    let counts = Dictionary(grouping: try work.text(of: from), by: { $0 }).mapValues(\.count)
    return counts.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }.joined()
  }
}

/// How much of a text a tally knows.
struct ToyScore: ToyStage {
  static let kind = "score"
  static let role = StageRole.scores
  let from: StageInput
  let model: StageInput

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "what to score on")
    model = options.input("model", .tally, "what to score")
  }

  var outputs: [Port] { [Port(.scores)] }

  func text(_ work: StageWork) throws(Diagnostic) -> String {
    let known = try work.text(of: model)
    return "\(try work.text(of: from).filter(known.contains).count)"
  }
}
