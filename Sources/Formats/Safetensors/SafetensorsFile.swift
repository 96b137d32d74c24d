import Diagnostics
import Files

/// Named tensors in a safetensors file, of which only the header is read until they are used.
package final class SafetensorsFile: Sendable {
  /// Where the bytes come from.
  private enum Content: Sendable {
    /// A file of our own, which nobody changes.
    case mapped(MappedFile)
    /// A person's file, which may be cut short at any time.
    case read(ReadFile)
  }

  /// Every tensor, in the order of the header.
  package let entries: [TensorEntry]
  /// The metadata of the file, in its order.
  package let metadata: [(name: String, value: String)]
  package let path: String
  private let content: Content
  private let indices: [String: Int]

  /// Checks the whole header, so that no later access can fail because of the file.
  package convenience init(_ file: MappedFile) throws(Diagnostic) {
    let header = try SafetensorsHeader(file.path, byteCount: file.byteCount) { range in
      file.withBytes { bytes in range.map { bytes[$0] } }
    }
    self.init(header, file.path, .mapped(file))
  }

  /// Maps a file of our own.
  package convenience init(path: String) throws(Diagnostic) { try self.init(MappedFile(path)) }

  /// Opens a file that a person named; it is read, and never mapped.
  ///
  /// Later accesses throw when the file no longer reaches so far.
  package convenience init(reading path: String) throws(Diagnostic) {
    let file = try ReadFile(path)
    let header = try SafetensorsHeader(path, byteCount: file.byteCount) {
      (range) throws(Diagnostic) in
      try file.values(from: range.lowerBound, count: range.count)
    }
    self.init(header, path, .read(file))
  }

  private convenience init(_ header: SafetensorsHeader, _ path: String, _ content: Content) {
    self.init(header.entries, header.metadata, path, content)
  }

  private init(
    _ entries: [TensorEntry], _ metadata: [(name: String, value: String)], _ path: String,
    _ content: Content
  ) {
    self.path = path
    self.content = content
    self.entries = entries
    self.metadata = metadata
    indices = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
  }

  /// The tensors whose names begin with a prefix, by the rest of their names, and no metadata.
  package func tensors(behind prefix: String) -> SafetensorsFile {
    let behind = entries.filter { $0.name.hasPrefix(prefix) }.map { entry in
      TensorEntry(
        name: String(entry.name.dropFirst(prefix.count)), elementType: entry.elementType,
        shape: entry.shape, byteRange: entry.byteRange)
    }
    return SafetensorsFile(behind, [], path, content)
  }

  package subscript(name: String) -> TensorEntry? { indices[name].map { entries[$0] } }

  package func metadata(_ name: String) -> String? { metadata.first { $0.name == name }?.value }

  /// The tensor of that name; throws when there is none, or its elements are of another type.
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

  /// Lends the elements of a tensor, row by row, without copying them where a mapped file is aligned.
  package func withValues<Element: TensorElement, Result>(
    _ name: String, of type: Element.Type = Element.self,
    _ body: (Span<Element>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let entry = try entry(name, of: Element.elementType)
    let start = entry.byteRange.lowerBound
    if case .mapped(let file) = content, start % MemoryLayout<Element>.alignment == 0 {
      return try file.withValues(of: type, from: start, count: entry.count, body)
    }
    let values: [Element] = try copy(entry, at: 0..<entry.count)
    return try body(values.span)
  }

  /// A copy of the elements of a tensor, row by row.
  package func values<Element: TensorElement>(
    _ name: String, of type: Element.Type = Element.self
  ) throws(Diagnostic) -> [Element] {
    let entry = try entry(name, of: Element.elementType)
    return try copy(entry, at: 0..<entry.count)
  }

  /// Lends the bytes of a tensor of any type.
  package func withBytes<Result>(
    _ entry: TensorEntry, _ body: (Span<UInt8>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    switch content {
    case .mapped(let file):
      return try file.withBytes { bytes throws(Diagnostic) in
        try body(bytes.extracting(entry.byteRange))
      }
    case .read(let file):
      let bytes: [UInt8] = try file.values(
        from: entry.byteRange.lowerBound, count: entry.byteRange.count)
      return try body(bytes.span)
    }
  }

  /// Lends the elements of a tensor at some places, counted row by row.
  ///
  /// Those of a large file are read, so that no page of it stays in memory.
  package func withValues<Element: TensorElement, Result>(
    of entry: TensorEntry, at places: Range<Int>,
    _ body: (Span<Element>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let start = byteOffset(of: Element.self, at: places, in: entry)
    if case .mapped(let file) = content, !file.isLarge,
      start % MemoryLayout<Element>.alignment == 0
    {
      return try file.withValues(of: Element.self, from: start, count: places.count, body)
    }
    let values: [Element] = try copy(entry, at: places)
    return try body(values.span)
  }

  /// Writes the bytes of a tensor of any type, a megabyte at a time.
  package func write<Sink: ByteSink & ~Copyable>(
    _ entry: TensorEntry, into sink: inout Sink
  ) throws(Diagnostic) {
    let bytes = entry.byteRange
    for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: 1 << 20) {
      let count = min(1 << 20, bytes.upperBound - start)
      let piece: [UInt8] =
        switch content {
        case .mapped(let file): try file.values(from: start, count: count)
        case .read(let file): try file.values(from: start, count: count)
        }
      try sink.write(piece)
    }
  }

  private func copy<Element: TensorElement>(
    _ entry: TensorEntry, at places: Range<Int>
  ) throws(Diagnostic) -> [Element] {
    let start = byteOffset(of: Element.self, at: places, in: entry)
    return switch content {
    case .mapped(let file): try file.values(from: start, count: places.count)
    case .read(let file): try file.values(from: start, count: places.count)
    }
  }

  /// Where the elements at some places of a tensor begin in the file.
  private func byteOffset<Element: TensorElement>(
    of type: Element.Type, at places: Range<Int>, in entry: TensorEntry
  ) -> Int {
    precondition(
      entry.elementType == Element.elementType && 0 <= places.lowerBound
        && places.upperBound <= entry.count,
      "\(places) as \(type) of '\(entry.name)', \(entry.count) \(entry.elementType.rawValue)")
    return entry.byteRange.lowerBound + places.lowerBound * MemoryLayout<Element>.stride
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
