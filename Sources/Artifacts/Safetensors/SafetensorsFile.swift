import Diagnostics

/// Named tensors in a safetensors file.
package final class SafetensorsFile: Sendable {
  /// Every tensor, in the order of the header.
  package let entries: [TensorEntry]
  /// What the file says of itself, in its order.
  package let metadata: [(name: String, value: String)]
  private let file: MappedFile
  private let indices: [String: Int]

  /// Checks the whole header, so that no later access can fail for the file's fault.
  package init(_ file: MappedFile) throws(Diagnostic) {
    let header = try SafetensorsHeader(file)
    self.file = file
    entries = header.entries
    metadata = header.metadata
    indices = Dictionary(
      uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) })
  }

  /// Reads a file that a person named.
  package convenience init(path: String) throws(Diagnostic) {
    try self.init(MappedFile(reading: path))
  }

  package var path: String { file.path }

  package subscript(name: String) -> TensorEntry? { indices[name].map { entries[$0] } }

  package func metadata(_ name: String) -> String? { metadata.first { $0.name == name }?.value }

  /// The tensor of that name, if it is there with that element type; an error that says what is not so.
  package func entry(
    _ name: String, of type: ElementType
  ) throws(Diagnostic) -> TensorEntry {
    guard let entry = self[name] else {
      throw Diagnostic(.missingTensor(path, name, among: entries.map(\.name)))
    }
    guard entry.elementType == type else {
      throw Diagnostic(.unexpectedType(path, entry, wanted: type))
    }
    return entry
  }

  /// Lends the elements of a tensor, row by row, without copying them where the file is aligned.
  package func withValues<Element: TensorElement, Result>(
    _ name: String, of type: Element.Type = Element.self,
    _ body: (Span<Element>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let entry = try entry(name, of: Element.elementType)
    let start = entry.byteRange.lowerBound
    guard start % MemoryLayout<Element>.alignment == 0 else {
      return try body(copy(entry, of: type).span)
    }
    return try file.withValues(of: type, from: start, count: entry.count, body)
  }

  /// A copy of the elements of a tensor, row by row.
  package func values<Element: TensorElement>(
    _ name: String, of type: Element.Type = Element.self
  ) throws(Diagnostic) -> [Element] {
    copy(try entry(name, of: Element.elementType), of: type)
  }

  /// Lends the bytes of a tensor of any type.
  package func withBytes<Result>(
    _ entry: TensorEntry, _ body: (Span<UInt8>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    try file.withBytes { bytes throws(Diagnostic) in try body(bytes.extracting(entry.byteRange)) }
  }

  private func copy<Element: TensorElement>(_ entry: TensorEntry, of type: Element.Type)
    -> [Element]
  {
    file.withBytes { bytes in
      unsafe [Element](unsafeUninitializedCapacity: entry.count) { elements, count in
        unsafe bytes.extracting(entry.byteRange).withUnsafeBytes { source in
          unsafe UnsafeMutableRawBufferPointer(elements).copyMemory(from: source)
        }
        count = entry.count
      }
    }
  }
}

extension Diagnostic.Message {
  static func missingTensor(_ file: String, _ name: String, among names: [String]) -> Self {
    Self(
      "'\(file)' has no tensor '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "make the file anew with the stage that wrote it")
  }

  static func unexpectedType(_ file: String, _ entry: TensorEntry, wanted: ElementType) -> Self {
    Self(
      "'\(file)' holds '\(entry.name)' as \(entry.elementType.rawValue), not \(wanted.rawValue)",
      remedy: "make the file anew with the stage that wrote it")
  }
}
