import Diagnostics
import ModelKinds
import Pipelines
import Text

/// What a classifier says of texts: their likeliest classes, with probabilities.
package struct ClassAnswers: RowAnswers {
  /// What is told of a text.
  package struct Options: Hashable, Sendable {
    /// How many classes are named, the likeliest first; no more than there are.
    package var top = 1
    /// Whether the probability of every class has a column of its own.
    package var hasProbabilities = false
    /// What the names of the columns begin with.
    package var prefix = ""

    package init() {}
  }

  package let columns: [AnswerColumn]
  private let options: Options
  private let names: [[UInt8]]
  private var classifier: TextClassifier

  package init(_ classifier: TextClassifier, _ options: Options) {
    self.classifier = classifier
    self.options = options
    names = classifier.classNames.map { Array($0.utf8) }
    let ranks = 1...max(1, min(options.top, names.count))
    let prefix = options.prefix
    var columns = ranks.flatMap { rank in
      let end = rank == 1 ? "" : "-\(rank)"
      return [
        AnswerColumn("\(prefix)label\(end)"),
        AnswerColumn("\(prefix)probability\(end)", isNumber: true),
      ]
    }
    if options.hasProbabilities {
      columns += classifier.classNames.map {
        AnswerColumn("\(prefix)probability-\($0)", isNumber: true)
      }
    }
    self.columns = columns
  }

  package var chunkSize: Int { 8192 }
  package var cutCount: Int { classifier.cutCount }
  package var longestText: Int { classifier.longestText }

  package mutating func answers(to texts: [[UInt8]]) throws(Diagnostic) -> RowBatch {
    let probabilities = try classifier.probabilities(of: texts)
    var batch = RowBatch(columnCount: columns.count)
    for row in texts.indices {
      append(probabilities[row * names.count..<(row + 1) * names.count], to: &batch)
      batch.endRow(Origin(line: row + 1))
    }
    return batch
  }

  /// Appends the answer to a text; of classes that are as likely the first counts.
  private func append(_ probabilities: ArraySlice<Float>, to batch: inout RowBatch) {
    // Sorting keeps the order of equals.
    let ranked = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    for place in ranked.prefix(max(1, options.top)) {
      batch.append(names[place - probabilities.startIndex])
      batch.append(Self.spelling(probabilities[place]).utf8)
    }
    guard options.hasProbabilities else { return }
    for probability in probabilities { batch.append(Self.spelling(probability).utf8) }
  }

  /// With six decimals, as `evaluate` writes probabilities.
  private static func spelling(_ probability: Float) -> String {
    Spelling.rounded(Double(probability), places: 6)
  }
}

extension ClassAnswers.Options {
  /// Declares and reads the options of a stage.
  init(from options: inout StageOptions) {
    self.init()
    top = options.integer(
      "top", default: 1, in: 1...1_000_000,
      "how many classes are named, the likeliest first: label, label-2 and so on")
    hasProbabilities = options.flag(
      "probabilities", default: false,
      "whether the probability of every class has a column: probability-CLASS")
    prefix = options.text(
      "prefix", default: "", "what the names of the new columns begin with")
  }
}
