import Chains
import Diagnostics
import Files
import ModelKinds
import Pipelines
import Text

/// The columns of a table that translating it reads: sources, prefixes, references.
struct TranslationInput {
  private let source: String
  let reference: String?
  private let positions: [Int]
  private let hasPrefix: Bool

  /// Some rows of these columns.
  struct Rows {
    let sources: [String]
    let references: [String]?
    /// Empty when there is no column of prefixes.
    let prefixes: [String]
    let origins: [Origin]
  }

  /// - Parameter reference: nil for the column target, if there is one.
  /// - Throws: when a named column is missing.
  init(
    in columns: [String], of table: String, source: String, reference: String?, prefix: String?
  ) throws(Diagnostic) {
    self.source = source
    self.reference = reference ?? (columns.contains("target") ? "target" : nil)
    hasPrefix = prefix != nil
    let names = [source, self.reference, prefix].compactMap(\.self)
    positions = try columns.positions(of: names, in: table)
  }

  /// The next rows, at least so many unless fewer are left; nil at the end.
  func next(
    _ count: Int, from reader: inout TableReader<InputFile>
  ) throws(Diagnostic) -> Rows? {
    var rows = ColumnTexts(columnCount: positions.count)
    while rows.count < count, let batch = try reader.next() { rows.append(batch, positions) }
    guard rows.count > 0 else { return nil }
    return Rows(
      sources: rows.texts[0], references: reference == nil ? nil : rows.texts[1],
      prefixes: hasPrefix ? rows.texts[positions.count - 1] : [], origins: rows.origins)
  }

  /// How many steps of the model's chain the source has been through.
  ///
  /// - Throws: when it went through a step that is not the chain's.
  func sourcePosition(
    on model: TranslationModel, of input: StageInput, in work: StageWork
  ) throws(Diagnostic) -> Int {
    try model.source.position(
      after: Self.steps(source, input, work), of: "\(input.source).\(source)", model: model.name)
  }

  /// The preparation of references for comparison with translations.
  func references(
    on model: TranslationModel, of input: StageInput, in work: StageWork
  ) throws(Diagnostic) -> PreparedReferences {
    guard let reference else { return try PreparedReferences(model.target, after: 0, model.name) }
    let steps = try Self.steps(reference, input, work)
    let position = try? model.target.position(after: steps, of: reference, model: model.name)
    return try PreparedReferences(model.target, after: position, model.name)
  }

  private static func steps(
    _ name: String, _ input: StageInput, _ work: StageWork
  ) throws(Diagnostic) -> [TextChain.Step] {
    try TextChain.steps(of: work.lineage(of: input), column: name) {
      (digest) throws(Diagnostic) in try work.map(digest).contents
    }
  }
}

/// Prepares references as text and as words, in the forms that translations are written in.
struct PreparedReferences {
  /// How many steps of the target's chain are not undone: as many as the references went through,
  /// without those that cut words into pieces.
  let leftSteps: Int
  private let taken: Int?
  private let wordEnd: Int
  private var cutting: ChainTransform
  private var text: TargetText

  /// - Parameter taken: how many steps of the chain the references went through; nil when they went
  ///   through other steps.
  init(_ chain: TextChain, after taken: Int?, _ model: String) throws(Diagnostic) {
    self.taken = taken
    wordEnd = chain.wordEnd
    leftSteps = min(taken ?? 0, wordEnd)
    cutting = try ChainTransform(chain.steps[leftSteps..<wordEnd], model: model)
    text = try TargetText(chain, model: model)
  }

  /// A reference as translations are written, and as words between spaces.
  ///
  /// A reference that went through other steps than the model's is left as it is.
  mutating func states(of reference: String) -> (text: String, words: String) {
    guard let taken else { return (reference, reference) }
    let written = text.text(of: reference, after: taken, leaving: leftSteps)
    return (written, String(decoding: cutting.apply(written), as: UTF8.self))
  }
}
