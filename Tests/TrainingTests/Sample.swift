import Datasets
import Files
import Formats
import Tensors

/// Made-up rows whose class is the class of most of their tokens.
struct Sample {
  var tokens: [[Int32]] = []
  var labels: [Int32] = []
  static let vocabularySize = 30
  static let classCount = 3

  init(rows: Int, seed: UInt64 = 1) {
    var random = RandomSource(seed: seed)
    for _ in 0..<rows {
      let label = random.index(below: Self.classCount)
      let length = 1 + random.index(below: 12)
      labels.append(Int32(label))
      tokens.append(
        (0..<length).map { _ in
          let group = random.uniform() < 0.7 ? label : random.index(below: Self.classCount)
          return Int32(group + Self.classCount * random.index(below: 9) + 1)
        })
    }
  }

  var examples: Examples<ClassificationBatch> {
    Examples(rows: tokens, labels: labels, padding: 0)
  }

  /// The rows in a file, of which no part stays in memory.
  func stored(at path: String) throws -> Examples<ClassificationBatch> {
    var writer = try DatasetWriter(
      columns: [TokenColumn("text", vocabularySize: Self.vocabularySize, padding: 0)],
      classNames: (0..<Self.classCount).map { "class \($0)" }, spoolingIn: Folder.above(path))
    for (row, (tokens, label)) in zip(tokens, labels).enumerated() {
      try writer.append([tokens], number: Int64(row + 1), label: label)
    }
    var file = try OutputFile(path)
    try writer.write(into: &file)
    try file.commit()
    return try Dataset(SafetensorsFile(MappedFile(path, largeFrom: 0))).classification()
  }
}

extension ParameterBuffer {
  /// Every value, to be compared bit by bit.
  var bits: [UInt32] { flat.indices.map { flat[$0].bitPattern } }
}
