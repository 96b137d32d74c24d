import Diagnostics
import Formats
import Metrics
import Pipelines
import Views

/// `score`: translations beside their references, without a definition.
struct Score: Command {
  static let name = "score"
  static let summary = "score translations beside their references, as sacreBLEU does"
  static let usage = "[HYPOTHESES] REFERENCES…"
  static let places = WordPlaces([.file], rest: [.file])
  static let example = "millrace score translated.fr right.fr -m bleu chrf ter"
  static let details = """
    A single file holds references; hypotheses then come from standard input, as for the name -.
    """
  static let options: [CommandOption] =
    [ScoredTexts.input, ScoreOptions.metrics] + ScoreOptions.all
    + [sentences, confidence, bootstrap, randomization, samples, width, scoreOnly, .json]

  private static let sentences = CommandOption(
    "--sentence-level", "score each line, by one metric", short: "-sl")
  private static let confidence = CommandOption(
    "--confidence", "the 95 % interval over resampled lines", short: "-ci")
  private static let bootstrap = CommandOption(
    "--paired-bs", "test further systems against the first: paired bootstrap", short: "--paired")
  private static let randomization = CommandOption(
    "--paired-ar", "the test by paired approximate randomization", short: "-par")
  private static let samples = CommandOption(
    "--samples", "N", "how often is resampled; 1000, for --paired-ar 10000, unless given")
  private static let width = CommandOption(
    "--width", "N", "decimals that are printed; 1 unless given", short: "-w")
  private static let scoreOnly = CommandOption(
    "--score-only", "print the number alone", short: "-b")

  private let arguments: ParsedArguments
  private let scoring: Scoring
  private let digits: Int

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    var scoring = Scoring(try ScoreOptions(arguments).measures)
    let samples = try arguments.number(Self.samples, from: 1)
    var resampling = Resampling()
    resampling.samples = samples ?? resampling.samples
    if arguments.has(Self.confidence) { scoring.interval = resampling }
    switch (arguments.has(Self.bootstrap), arguments.has(Self.randomization)) {
    case (true, true): throw Diagnostic(.twoTests)
    case (true, false):
      scoring.interval = resampling
      scoring.test = .bootstrap(resampling)
    case (false, true):
      guard scoring.interval == nil else { throw Diagnostic(.intervalOfRandomization) }
      var randomization = ApproximateRandomization()
      randomization.trials = samples ?? randomization.trials
      scoring.test = .randomization(randomization)
    case (false, false): break
    }
    if arguments.has(Self.sentences) {
      guard scoring.test == nil, scoring.interval == nil else {
        throw Diagnostic(.sentencesTested)
      }
      guard scoring.measures.count == 1 else { throw Diagnostic(.sentencesByMany) }
    }
    digits = min(try arguments.number(Self.width, from: 0) ?? 1, 10)
    self.scoring = scoring
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let texts = try ScoredTexts(arguments)
    if scoring.test != nil, texts.systems.count == 1 { throw Diagnostic(.oneSystem) }
    for system in texts.systems where system.looksTokenized {
      Terminal.errors.tell(Diagnostic(.looksTokenized(system.name), severity: .warning))
    }
    if arguments.has(Self.sentences) {
      guard texts.systems.count == 1 else { throw Diagnostic(.sentencesOfMany) }
      let scores = scoring.sentenceScores(
        of: texts.systems[0], against: texts.references, by: scoring.measures[0])
      show([scores], as: scores.map { $0.line(digits: digits) })
    } else {
      let scores = scoring.scores(of: texts.systems, against: texts.references)
      show(scores, as: ScoreSheet(scores, digits: digits).lines(width: Terminal.output.width))
    }
    return .fine
  }

  private func show(_ scores: [[SystemScore]], as lines: [String]) {
    if arguments.has(.json) {
      let json: JSONValue = ["scores": .array(scores.joined().map(\.json))]
      Terminal.output.line(json.pretty)
    } else if arguments.has(Self.scoreOnly) {
      for score in scores.joined() { Terminal.output.line(score.number(digits: digits)) }
    } else {
      for line in lines { Terminal.output.line(line) }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let twoTests = Self(
    "--paired-bs and --paired-ar are two tests", remedy: "give one of them")

  fileprivate static let intervalOfRandomization = Self(
    "approximate randomization resamples no lines, so it gives no interval",
    remedy: "leave --confidence out, or test with --paired-bs")

  fileprivate static let oneSystem = Self(
    "there is one system, so none to compare it with",
    remedy: "name the hypotheses of several: REFERENCES… --input FIRST SECOND")

  fileprivate static let sentencesByMany = Self(
    "single lines are scored by one metric", remedy: "name one: -m chrf")

  fileprivate static let sentencesOfMany = Self(
    "single lines are scored for one system", remedy: "name one file of hypotheses")

  fileprivate static let sentencesTested = Self(
    "a single line has no interval and no test",
    remedy: "leave out --sentence-level, or --confidence and --paired")

  fileprivate static func looksTokenized(_ name: String) -> Self {
    Self(
      "100 lines of \(name) end in a period set off by a space",
      remedy: "score text that is detokenized; tokenized text scores otherwise")
  }
}
