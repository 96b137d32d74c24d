import Diagnostics
import Text

/// What a model says of texts, as fields of the columns that it adds to their rows.
package protocol RowAnswers {
  var columns: [AnswerColumn] { get }
  /// How many texts it should be given at a time, to sort them by length and use all cores.
  var chunkSize: Int { get }
  /// How many texts were too long to be read to their ends so far.
  var cutCount: Int { get }
  /// How many tokens of a text are read at most.
  var longestText: Int { get }

  /// The answers to texts in UTF-8: a row with all columns for each.
  mutating func answers(to texts: [[UInt8]]) throws(Diagnostic) -> RowBatch
}

extension RowAnswers {
  /// The warning of the texts that were cut; nil without any.
  package var cutWarning: Diagnostic.Message? {
    cutCount == 0 ? nil : .cut(cutCount, longestText)
  }
}

extension Diagnostic.Message {
  fileprivate static func cut(_ count: Int, _ limit: Int) -> Self {
    Self(
      "\(Spelling.count(count, "text")) had over \(Spelling.count(limit)) tokens: the rest was not read",
      remedy: "give texts of the length that the model was trained on")
  }
}
