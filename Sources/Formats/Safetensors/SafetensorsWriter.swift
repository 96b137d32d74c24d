import Diagnostics
import Files

/// A safetensors file under way: tensors are declared, then their elements written one by one.
///
/// Tensors lie in the file by falling element size, then name, so that each is aligned; equal
/// declarations and elements give equal bytes.
package struct SafetensorsWriter {
  /// A tensor that the file will hold.
  package struct Declaration: Hashable, Sendable {
    package let name: String
    package let elementType: ElementType
    package let shape: [Int]

    package init(_ name: String, _ elementType: ElementType, shape: [Int]) {
      self.name = name
      self.elementType = elementType
      self.shape = shape
    }

    package var count: Int { shape.reduce(1, *) }
    package var byteCount: Int { count * elementType.byteCount }
  }

  /// The tensors in the order in which their elements must be written.
  package let declarations: [Declaration]
  private let metadata: [(name: String, value: String)]

  package init(_ declarations: [Declaration], metadata: [(name: String, value: String)] = []) {
    self.declarations = declarations.sorted {
      ($1.elementType.byteCount, $0.name) < ($0.elementType.byteCount, $1.name)
    }
    self.metadata = metadata
    let names = Set(declarations.map(\.name))
    precondition(
      names.count == declarations.count && !names.contains("__metadata__"),
      "tensor names must differ: \(declarations.map(\.name))")
  }

  /// Where the elements of each tensor begin in the file, by name.
  package var starts: [String: Int] {
    var starts: [String: Int] = [:]
    var start = header.count
    for declaration in declarations {
      starts[declaration.name] = start
      start += declaration.byteCount
    }
    return starts
  }

  /// Length and JSON text, padded with spaces so that the data starts at a multiple of 8.
  package var header: [UInt8] {
    var members: [JSONValue.Member] = []
    if !metadata.isEmpty {
      let texts = metadata.map { JSONValue.Member($0.name, .string($0.value)) }
      members.append(JSONValue.Member("__metadata__", .object(texts)))
    }
    var offset = 0
    for declaration in declarations {
      let end = offset + declaration.byteCount
      let description: JSONValue = [
        "dtype": .string(declaration.elementType.rawValue),
        "shape": .array(declaration.shape.map { .integer($0) }),
        "data_offsets": [.integer(offset), .integer(end)],
      ]
      members.append(JSONValue.Member(declaration.name, description))
      offset = end
    }
    var json = Array(JSONValue.object(members).compact.utf8)
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    let length = UInt64(json.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + json
  }

  /// Writes the whole file; `writeElements` is called for each tensor in the order of the file and
  /// must write exactly its elements.
  package func write<Sink: ByteSink & ~Copyable>(
    into sink: inout Sink,
    _ writeElements: (Declaration, inout Sink) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try sink.write(header)
    for declaration in declarations {
      let start = sink.byteCount
      try writeElements(declaration, &sink)
      let written = sink.byteCount - start
      precondition(
        written == declaration.byteCount,
        "'\(declaration.name)' takes \(declaration.byteCount) bytes, \(written) were written")
    }
  }
}
