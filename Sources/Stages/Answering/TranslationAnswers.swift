import Diagnostics
import ModelKinds
import Models
import Text

/// What a translator says of texts: their best translations; with several also their scores.
package struct TranslationAnswers: RowAnswers {
  package let columns: [AnswerColumn]
  private let count: Int
  private var translator: TextTranslator
  private var translatedCount = 0
  package private(set) var cutCount = 0

  /// - Parameters:
  ///   - count: how many translations of each text the translator gives at most.
  ///   - prefix: what the names of the columns begin with.
  package init(_ translator: TextTranslator, count: Int, prefix: String) {
    self.translator = translator
    self.count = count
    columns = (1...count).flatMap { rank in
      let end = rank == 1 ? "" : "-\(rank)"
      let score = AnswerColumn("\(prefix)score\(end)", isNumber: true)
      return [AnswerColumn("\(prefix)translation\(end)")] + (count == 1 ? [] : [score])
    }
  }

  package var chunkSize: Int { 1024 }
  package var longestText: Int { translator.model.model.configuration.maximumLength - 1 }

  package mutating func answers(to texts: [[UInt8]]) throws(Diagnostic) -> RowBatch {
    let translated = translator.translate(
      texts.map { String(decoding: $0, as: UTF8.self) }, firstNumber: translatedCount)
    translatedCount += texts.count
    var batch = RowBatch(columnCount: columns.count)
    for (row, text) in translated.enumerated() {
      cutCount += text.isCut ? 1 : 0
      for rank in 0..<count {
        let translation =
          text.translations.indices.contains(rank) ? text.translations[rank] : nil
        batch.append((translation?.text ?? "").utf8)
        guard count > 1 else { continue }
        batch.append((translation.map { Spelling.fixed(Double($0.score), places: 4) } ?? "").utf8)
      }
      batch.endRow(Origin(line: row + 1))
    }
    return batch
  }
}
