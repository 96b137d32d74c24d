import Diagnostics
import Files
import Formats

/// What an encoder made of each row of a dataset: so many numbers of each, in a tensor of its file.
package struct RowFeatures: Hashable, Sendable {
  static let tensor = "features"
  private static let metadata = "features"

  /// The numbers of a row.
  package let width: Int
  /// Equal for what one encoder made in one way, and for nothing else.
  package let encoder: String

  package init(width: Int, encoder: String) {
    precondition(width > 0, "features of \(width) numbers")
    self.width = width
    self.encoder = encoder
  }

  /// Reads what a file says of its features; nil where it has none.
  init?(_ file: SafetensorsFile, rowCount: Int) throws(Diagnostic) {
    guard let text = file.metadata(Self.metadata) else { return nil }
    let json = try JSONValue(parsing: text, file: "\(file.path) (\(Self.metadata))")
    let entry = try file.entry(Self.tensor, of: .float32)
    guard let width = json["width"]?.intValue, width > 0,
      let encoder = json["encoder"]?.stringValue,
      entry.shape == [rowCount, width]
    else {
      throw Diagnostic(.brokenDataset(file.path, "its features do not have \(rowCount) rows"))
    }
    self.init(width: width, encoder: encoder)
  }

  fileprivate var metadata: (name: String, value: String) {
    let json: JSONValue = ["width": .integer(width), "encoder": .string(encoder)]
    return (Self.metadata, json.compact)
  }
}

extension Dataset {
  /// Lends the features of all rows [rows × width], which there must be.
  package func withFeatures<Result>(
    _ body: (Span<Float>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    try file.withValues(RowFeatures.tensor, body)
  }

  /// [rows × width] the features of some rows; none where an encoder made none.
  func features(ofRows rows: ArraySlice<Int32>) throws(Diagnostic) -> [Float] {
    guard let features, let entry = file[RowFeatures.tensor] else { return [] }
    var values: [Float] = []
    values.reserveCapacity(rows.count * features.width)
    for row in rows {
      let start = Int(row) * features.width
      try file.withValues(of: entry, at: start..<start + features.width) { (own: Span<Float>) in
        for index in own.indices { values.append(own[index]) }
      }
    }
    return values
  }

  /// Writes the dataset again, with features of its rows.
  package func write<Sink: ByteSink & ~Copyable>(
    with features: consuming FeatureWriter, into sink: inout Sink
  ) throws(Diagnostic) {
    let width = features.features.width
    precondition(
      features.count == count * width, "\(features.count) features of \(count) rows of \(width)")
    let values = features.values
    let entries = file.entries.filter { $0.name != RowFeatures.tensor }
    let writer = SafetensorsWriter(
      entries.map { .init($0.name, $0.elementType, shape: $0.shape) }
        + [.init(RowFeatures.tensor, .float32, shape: [count, width])],
      metadata: DatasetHeader(columns: columns, classNames: classNames).metadata
        + [features.features.metadata])
    try writer.write(into: &sink) { declaration, sink throws(Diagnostic) in
      guard declaration.name != RowFeatures.tensor, let entry = file[declaration.name] else {
        return try values.write(into: &sink)
      }
      try file.write(entry, into: &sink)
    }
  }
}

/// The features of the rows of a dataset under way; see `DatasetWriter` for where they wait.
package struct FeatureWriter: ~Copyable {
  package let features: RowFeatures
  fileprivate let values: SpooledValues<Float>

  /// - Parameter folder: where features wait that do not fit into memory.
  package init(_ features: RowFeatures, spoolingIn folder: String) {
    self.features = features
    values = SpooledValues(in: folder, mostHeld: DatasetWriter.mostHeld)
  }

  /// How many numbers there are.
  fileprivate var count: Int { values.count }

  /// Adds the features of the next row.
  package mutating func append(_ vector: Span<Float>) throws(Diagnostic) {
    precondition(vector.count == features.width, "\(vector.count) features of \(features.width)")
    try values.append(vector.indices.map { vector[$0] })
  }
}
