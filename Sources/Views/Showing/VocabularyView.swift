import Artifacts
import Chains
import Diagnostics
import Files
import Formats
import Pipelines
import Text

/// A vocabulary: what its entries cover, the most frequent, the rarest, and what it does not know.
struct VocabularyView: ArtifactView {
  let vocabulary: Vocabulary
  let selection: RowSelection
  /// By part: what the vocabulary did not know of it when it was learned.
  let unknown: [(part: String, facts: JSONValue)]
  /// The sum of the counts of all entries.
  let total: Int

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    vocabulary = try artifact.store.open(artifact.output.digest).withBytes {
      (bytes) throws(Diagnostic) in
      artifact.output.content == .dictionary
        ? try Vocabulary(fairseqDictionary: bytes, file: artifact.output.port)
        : try Vocabulary(lines: bytes, file: artifact.output.port)
    }
    selection = artifact.selection
    unknown = artifact.record.facts.filter { $0.name.hasPrefix("unknown.") }
      .map { (String($0.name.dropFirst("unknown.".count)), $0.value) }
    total = vocabulary.counts.reduce(0, &+)
    if let row = selection.row, !vocabulary.counts.indices.contains(row - 1) {
      throw Diagnostic(.noSuchRow(row, of: vocabulary.count))
    }
  }

  func token(_ id: Int) -> String { String(decoding: vocabulary[id], as: UTF8.self) }

  /// Entries that were counted, the most frequent first.
  var counted: [Int] { vocabulary.counts.indices.filter { vocabulary.counts[$0] > 0 } }

  /// The entries to list: the most frequent first, or where none was counted all in their order.
  var listed: [Int] { counted.isEmpty ? Array(vocabulary.counts.indices) : counted }

  /// The share of all counted tokens that the most frequent entries have.
  func coverage(ofTop count: Int) -> Double {
    let covered = counted.prefix(count).reduce(0) { $0 &+ vocabulary.counts[$1] }
    return total == 0 ? 0 : Double(covered) / Double(total)
  }

  /// The lowest count, and the entries that have it.
  var rarest: (count: Int, ids: [Int])? {
    guard let last = counted.last else { return nil }
    let least = vocabulary.counts[last]
    return (least, counted.filter { vocabulary.counts[$0] == least })
  }

  /// The entries that were asked for.
  var found: [Int] {
    if let row = selection.row { return [row - 1] }
    return vocabulary.counts.indices.filter { token($0).contains(selection.text ?? "") }
  }
}
