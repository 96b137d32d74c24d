import Diagnostics

/// What a tensor file says of one tensor.
package struct TensorEntry: Hashable, Sendable {
  package let name: String
  package let elementType: ElementType
  package let shape: [Int]
  /// Where the tensor's bytes lie in the file.
  package let byteRange: Range<Int>

  /// How many elements: the product of the shape, 1 for rank 0.
  package var count: Int { byteRange.count / elementType.byteCount }
}

/// The table of contents of a safetensors file, checked: no holes, no overlap, the whole file covered.
struct SafetensorsHeader {
  /// Some 200,000 tensors; the format allows 100 MB, for which 1 GB of memory would be taken.
  private static let maximumLength = 16 << 20

  private(set) var entries: [TensorEntry] = []
  private(set) var metadata: [(name: String, value: String)] = []

  /// Reads the header of a file of `byteCount` bytes.
  ///
  /// - Parameter bytes: the bytes in a range of the file.
  init(
    _ name: String, byteCount: Int, bytes: (Range<Int>) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) {
    guard byteCount >= 8 else {
      throw Diagnostic(.malformed(name, "it is shorter than 8 bytes"))
    }
    let length = try bytes(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(byteCount - 8) else {
      throw Diagnostic(.malformed(name, "its header is said to be \(length) bytes long"))
    }
    guard length <= UInt64(Self.maximumLength) else {
      throw Diagnostic(.longHeader(name, Self.maximumLength))
    }
    let json = try bytes(8..<8 + Int(length))
    guard json.first == UInt8(ascii: "{") else {
      throw Diagnostic(.malformed(name, "its header does not start with '{'"))
    }
    let dataStart = 8 + json.count
    guard let members = try JSONValue(parsing: json, file: "\(name) (header)").objectValue else {
      throw Diagnostic(.malformed(name, "its header is not an object"))
    }
    for member in members {
      if member.name == "__metadata__" {
        metadata = try Self.metadata(member.value, file: name)
      } else {
        entries.append(
          try Self.entry(member, dataStart: dataStart, end: byteCount, file: name))
      }
    }
    try refuseHoles(from: dataStart, to: byteCount, file: name)
  }

  private static func metadata(
    _ value: JSONValue, file: String
  ) throws(Diagnostic) -> [(name: String, value: String)] {
    guard let members = value.objectValue else {
      throw Diagnostic(.malformed(file, "its __metadata__ is not an object"))
    }
    var metadata: [(name: String, value: String)] = []
    for member in members {
      guard let text = member.value.stringValue else {
        throw Diagnostic(.malformed(file, "the metadata '\(member.name)' is not a text"))
      }
      metadata.append((member.name, text))
    }
    return metadata
  }

  private static func entry(
    _ member: JSONValue.Member, dataStart: Int, end: Int, file: String
  ) throws(Diagnostic) -> TensorEntry {
    let tensor = "tensor '\(member.name)'"
    guard let typeName = member.value["dtype"]?.stringValue,
      let elements = member.value["shape"]?.arrayValue,
      let offsets = member.value["data_offsets"]?.arrayValue?.map(\.intValue), offsets.count == 2,
      let first = offsets[0], let last = offsets[1]
    else { throw Diagnostic(.malformed(file, "\(tensor) lacks its dtype, shape or data_offsets")) }
    guard let type = ElementType(rawValue: typeName) else {
      throw Diagnostic(.malformed(file, "\(tensor) has the unknown dtype \(typeName)"))
    }
    guard 0 <= first, first <= last, last <= end - dataStart else {
      throw Diagnostic(.malformed(file, "\(tensor) lies outside the file, at \(first)–\(last)"))
    }
    var shape: [Int] = []
    for element in elements {
      guard let extent = element.intValue, extent >= 0 else {
        throw Diagnostic(.malformed(file, "\(tensor) has a shape that is not of whole numbers"))
      }
      shape.append(extent)
    }
    guard bytes(of: shape, type) == last - first else {
      throw Diagnostic(
        .malformed(file, "\(tensor) of \(typeName) \(shape) does not fill \(last - first) bytes"))
    }
    return TensorEntry(
      name: member.name, elementType: type, shape: shape,
      byteRange: dataStart + first..<dataStart + last)
  }

  /// Nil when the product is beyond `Int`, or the number of elements would be if no extent were 0.
  private static func bytes(of shape: [Int], _ type: ElementType) -> Int? {
    var count = 1
    for extent in shape where extent > 0 {
      let (next, isTooLarge) = count.multipliedReportingOverflow(by: extent)
      if isTooLarge { return nil }
      count = next
    }
    if shape.contains(0) { return 0 }
    let (bytes, isTooLarge) = count.multipliedReportingOverflow(by: type.byteCount)
    return isTooLarge ? nil : bytes
  }

  private func refuseHoles(from start: Int, to end: Int, file: String) throws(Diagnostic) {
    var position = start
    for entry in entries.sorted(by: {
      ($0.byteRange.lowerBound, $0.byteRange.upperBound)
        < ($1.byteRange.lowerBound, $1.byteRange.upperBound)
    }) {
      guard entry.byteRange.lowerBound == position else {
        throw Diagnostic(
          .malformed(file, "tensor '\(entry.name)' overlaps another or leaves a hole"))
      }
      position = entry.byteRange.upperBound
    }
    guard position == end else {
      throw Diagnostic(.malformed(file, "no tensor covers its last \(end - position) bytes"))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func longHeader(_ file: String, _ limit: Int) -> Self {
    Self(
      "'\(file)' has a header of more than \(limit >> 20) MB, as no model has",
      remedy: "check that it is the right file")
  }

  static func malformed(_ file: String, _ reason: String) -> Self {
    Self(
      "'\(file)' is not a whole safetensors file: \(reason)",
      remedy: "copy the file again, or make it anew")
  }
}
