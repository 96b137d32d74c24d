import Diagnostics

/// One kind of step: its stored properties are its options and inputs, `run` is what it does.
///
/// A stage is a pure function of its key: what is written depends on nothing but the kind, its
/// version, the options read in the initialiser, and the bytes of the inputs.
package protocol Stage: Sendable {
  /// The kind's name in a definition, a verb: `clean`.
  static var kind: String { get }
  /// Raised whenever a change of the code makes a key give other bytes than before.
  static var version: Int { get }
  /// The user manual: a first line that says what the kind does, then whatever else helps.
  static var manual: String { get }
  /// What the kind does with the parts of a split, for warnings about leakage.
  static var role: StageRole { get }

  /// Declares and reads every option; problems are collected in `options`, so all are reported.
  init(from options: inout StageOptions)

  /// The stage's outputs, known before anything runs.
  var outputs: [Port] { get }

  /// Where the rows of an output come from, so that they can be followed from stage to stage.
  ///
  /// To be implemented for every output that holds rows; `noRows` unless implemented.
  func rows(of port: Port) -> RowSource

  /// The numbers in its scores by which results can be compared, the most telling one first.
  var scores: [StageScore] { get }

  /// The most tokens in a row of an output, where its options limit them.
  func longestRow(of port: Port) -> Int?

  /// What is wrong as the first rows of its files show, and the option that is to blame; nil where
  /// nothing is.
  ///
  /// Only asked for while every file it reads is there.
  func problemInFirstRows() -> (option: String, problem: Diagnostic)?

  /// The memory that its options ask for, as far as that is known and much; the least first.
  ///
  /// - Parameter longestRow: the most tokens in a row of an input, where an earlier stage limits them.
  func memoryDemands(longestRow: (StageInput) -> Int?) -> [MemoryDemand]

  /// Does the work and commits every output through `work`.
  ///
  /// - Returns: whether it ended, or stopped at a checkpoint because it was asked to.
  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome
}

extension Stage {
  package static var role: StageRole { .transforms }
  package func rows(of port: Port) -> RowSource { .noRows }
  package var scores: [StageScore] { [] }
  package func longestRow(of port: Port) -> Int? { nil }
  package func problemInFirstRows() -> (option: String, problem: Diagnostic)? { nil }
  package func memoryDemands(longestRow: (StageInput) -> Int?) -> [MemoryDemand] { [] }
}

/// What a kind does with the rows it reads.
package enum StageRole: Sendable {
  /// Works row by row; parts of the input stay separate.
  case transforms
  /// Sets parts of the rows aside.
  case divides
  /// Fits something to the rows: merges, a vocabulary, a model.
  case learns
  /// Gives a result in itself, which no other stage need read.
  case scores
  /// Gives rows for people to take away, whether another stage reads them or not.
  case answers
}

/// How the run of a stage ended, when it did not fail.
package enum StageOutcome: Sendable {
  case finished
  /// Stopped at a checkpoint; running it again goes on from there.
  case stopped
}
