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
  ///
  /// - Parameter values: [rows × width].
  package func write<Sink: ByteSink & ~Copyable>(
    with features: RowFeatures, _ values: [Float], into sink: inout Sink
  ) throws(Diagnostic) {
    precondition(
      values.count == count * features.width,
      "\(values.count) features of \(count) rows of \(features.width)")
    let entries = file.entries.filter { $0.name != RowFeatures.tensor }
    let writer = SafetensorsWriter(
      entries.map { .init($0.name, $0.elementType, shape: $0.shape) }
        + [.init(RowFeatures.tensor, .float32, shape: [count, features.width])],
      metadata: DatasetHeader(columns: columns, classNames: classNames).metadata
        + [features.metadata])
    try writer.write(into: &sink) { declaration, sink throws(Diagnostic) in
      guard declaration.name != RowFeatures.tensor, let entry = file[declaration.name] else {
        return try sink.write(elements: values)
      }
      try sink.write(try file.withBytes(entry) { bytes in bytes.indices.map { bytes[$0] } })
    }
  }
}
