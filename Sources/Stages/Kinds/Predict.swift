import Chains
import Diagnostics
import Files
import ModelKinds
import Pipelines
import Tensors
import Text

/// Labels the rows of a table.
package struct Predict: Stage {
  package static let kind = "predict"
  package static let version = 2
  package static let manual = """
    labels the rows of a table with a trained classifier
    The table keeps its columns and gets label, the likeliest class, and probability; with top also
    label-2, probability-2 and so on. Where it has such columns already, prefix = "predicted-" gives
    the new ones names of their own. Text may be raw, or have gone through the first stages that the
    model's own text went through: the rest is done to it. A text that this machine's memory is too
    small for is read as far as it goes, and a warning says how many were.
    precision = "bfloat16" rounds both sides of products with weights of a network to eight bits;
    embeddings, attention scores, norms and softmax stay float32, and other models answer as ever. It
    is faster where the processor has AVX-512-BF16, and gives equal bytes where it has not.
    """
  package static let role = StageRole.answers

  let from: StageInput
  let model: StageInput
  private let text: String
  private let isRaw: Bool
  private let answering: ClassAnswers.Options
  private let precision: Precision

  package init(from options: inout StageOptions) {
    from = options.input("from", .table, "the rows to label")
    model = options.input("model", .model, "the classifier")
    text = options.text("text", default: "text", "the column to label")
    isRaw = options.flag(
      "raw", default: false,
      "take the column as the raw text the model was made for, whatever was done to it before")
    answering = ClassAnswers.Options(from: &options)
    precision = Precision(from: &options)
  }

  package var outputs: [Port] { [Port(.table)] }

  package func rows(of port: Port) -> RowSource { .input(from, .same) }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let stored = try StoredModel(work.map(model), named: "\(model.source)", in: .standard)
    let taken = isRaw ? 0 : try position(of: stored, in: work)
    work.warnOfSlowProducts(in: precision)
    var answers = ClassAnswers(
      try TextClassifier(stored, after: taken, computing: precision, cores: work.cores),
      answering)
    var reader = try work.table(from)
    let column = try reader.columns.position(of: text, in: "\(from.source)")
    try answers.columns.check(
      beside: reader.columns, of: "\(from.source)", option: "prefix = \"predicted-\"")
    var writer = try work.newTable(reader.columns + answers.columns.map(\.name))
    let pace = RowProgress(of: work)
    while let batch = try reader.next() {
      guard !work.shouldStop else { return .stopped }
      let texts = (0..<batch.count).map { Array(batch.field($0, column)) }
      try writer.append(batch.beside(answers.answers(to: texts)))
      pace.report(rows: writer.rowCount, reader.source.progress)
    }
    if let warning = answers.cutWarning { work.warn(warning) }
    let count = writer.rowCount
    try work.commit(writer, to: outputs[0])
    work.summarise(Spelling.count(count, "row"))
    return .finished
  }

  /// How many steps of the model's chain the text has been through.
  private func position(of stored: StoredModel, in work: StageWork) throws(Diagnostic) -> Int {
    let steps = try TextChain.steps(of: work.lineage(of: from), column: text) {
      (digest) throws(Diagnostic) in try work.map(digest).contents
    }
    return try stored.texts.source.position(
      after: steps, of: "\(from.source).\(text)", model: stored.name)
  }
}
