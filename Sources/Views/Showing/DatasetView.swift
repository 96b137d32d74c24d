import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Pipelines
import Text

/// A dataset: its classes, its lengths, its padding, and rows decoded back to text.
struct DatasetView: ArtifactView {
  let dataset: Dataset
  let columns: [DatasetColumn]
  /// The rows that were asked for, or the first ones.
  private(set) var rows: [ShownRow] = []
  /// How many rows hold the text that was asked for.
  private(set) var matchCount = 0
  let selection: RowSelection

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    dataset = try Dataset(artifact.tensors())
    selection = artifact.selection
    var columns: [DatasetColumn] = []
    for index in dataset.columns.indices {
      columns.append(try DatasetColumn(index, of: dataset, artifact))
    }
    self.columns = columns
    if let row = selection.row {
      guard (1...max(1, dataset.count)).contains(row), dataset.count > 0 else {
        throw Diagnostic(.noSuchRow(row, of: dataset.count))
      }
      rows = [try decoded(row - 1)]
    } else if let text = selection.text {
      for row in 0..<dataset.count {
        let decoded = try decoded(row)
        guard decoded.fields.contains(where: { $0.contains(text) }) else { continue }
        matchCount += 1
        if rows.count < selection.limit { rows.append(decoded) }
      }
    } else {
      for row in 0..<min(dataset.count, selection.limit) { rows.append(try decoded(row)) }
    }
    let places = try artifact.origins?.names(ofRows: rows.map { $0.number - 1 }) ?? []
    for (row, place) in zip(rows.indices, places) { rows[row].place = place }
  }

  /// The names of the fields of a shown row.
  var fieldNames: [String] { (dataset.labels.isEmpty ? [] : ["label"]) + columns.map(\.name) }

  private func decoded(_ row: Int) throws(Diagnostic) -> ShownRow {
    var fields = dataset.labels.isEmpty ? [] : [dataset.classNames[Int(dataset.labels[row])]]
    for column in columns {
      fields.append(column.text(of: try dataset.ids(ofRow: row, column: column.index)))
    }
    let line = try dataset.number(ofRow: row)
    return ShownRow(number: row + 1, line: "\(line)", fields: fields)
  }

  /// The classes with their rows, in the order of their numbers.
  var balance: [(label: String, count: Int)] {
    zip(dataset.classNames, dataset.classCounts).map { (label: $0, count: $1) }
  }
}

/// One column of token ids, with the vocabulary behind it.
struct DatasetColumn: Sendable {
  let index: Int
  let name: String
  let vocabularySize: Int
  /// Real lengths of the rows.
  private(set) var lengths = LengthHistogram()
  /// How many ids there are with padding.
  let idCount: Int
  /// How many of the ids are that of `<unk>`; nil without a vocabulary.
  let unknownCount: Int?
  /// Nil when the artifact is no longer there.
  private let vocabulary: Vocabulary?

  init(
    _ index: Int, of dataset: Dataset, _ artifact: ShownArtifact
  ) throws(Diagnostic) {
    let column = dataset.columns[index]
    self.index = index
    name = column.name
    vocabularySize = column.vocabularySize
    for length in dataset.lengths[index] { lengths.add(Int(length)) }
    let vocabulary = try Self.vocabulary(of: column.name, artifact)
    self.vocabulary = vocabulary
    let unknown = vocabulary?.id(of: .unknown).map { Int32(truncatingIfNeeded: $0) }
    var counts = (ids: 0, unknown: 0)
    try dataset.forEachRow(of: index) { _, ids in
      counts.ids += ids.count
      for place in ids.indices where ids[place] == unknown { counts.unknown += 1 }
    }
    idCount = counts.ids
    unknownCount = unknown == nil ? nil : counts.unknown
  }

  /// The share of all ids that is padding.
  var paddingShare: Double {
    idCount == 0 ? 0 : Double(idCount - lengths.total) / Double(idCount)
  }

  /// The tokens of ids, or the ids themselves where the vocabulary is not known.
  func text(of ids: [Int32]) -> String {
    ids.map { id in
      guard let vocabulary, (0..<vocabulary.count).contains(Int(id)) else { return "\(id)" }
      return String(decoding: vocabulary[Int(id)], as: UTF8.self)
    }.joined(separator: " ")
  }

  /// The vocabulary that gave the column's tokens their ids, found by the key of the stage.
  private static func vocabulary(
    of column: String, _ artifact: ShownArtifact
  ) throws(Diagnostic) -> Vocabulary? {
    let input = (artifact.stage as? any NumbersTokens)?.vocabularyInput(of: column).name
    let names = [input, "\(column)-vocabulary", "vocabulary"].compactMap(\.self)
    guard let digest = names.lazy.compactMap({ artifact.digest(ofInput: $0) }).first,
      try artifact.store.isIntact(digest)
    else { return nil }
    return try artifact.store.open(digest).withBytes { (bytes) throws(Diagnostic) in
      try Vocabulary(lines: bytes, file: "the vocabulary of '\(column)'")
    }
  }
}
