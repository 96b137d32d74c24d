import Artifacts
import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import Testing

struct SafetensorsTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `tensors are written aligned and read back, rank 0 and empty ones too`() throws {
    let file = try SafetensorsFile(store.open(example().digest))
    #expect(file.entries.map(\.name) == ["ids", "bias", "none", "scale", "flags"])
    #expect(file.metadata.map(\.name) == ["kind", "about"])
    #expect(file.metadata("about") == "a \"quoted\" text")
    #expect(try file.values("ids", of: Int64.self) == [1, -2, 3])
    #expect(try file.values("bias", of: Float.self) == [0.5, -1, 2, 3])
    #expect(try file.withValues("bias", of: Float.self) { span in span[3] } == 3)
    #expect(file["bias"]?.shape == [2, 2])
    #expect(file["scale"]?.shape == [])
    #expect(try file.values("scale", of: Float.self) == [4])
    #expect(try file.values("none", of: Float.self) == [])
    #expect(try file.values("flags", of: UInt8.self) == [7, 8, 9])
    for entry in file.entries {
      #expect(entry.byteRange.lowerBound % entry.elementType.byteCount == 0)
    }
  }

  @Test func `equal tensors give equal bytes, whatever order they were declared in`() throws {
    #expect(try example() == example())
    let declarations: [SafetensorsWriter.Declaration] = [
      .init("a", .float32, shape: [1]), .init("b", .int64, shape: [2]),
      .init("c", .uint8, shape: []),
    ]
    #expect(
      SafetensorsWriter(declarations).header == SafetensorsWriter(declarations.reversed()).header)
  }

  @Test func `a missing tensor and one of another type are named, with a suggestion`() throws {
    let file = try SafetensorsFile(store.open(example().digest))
    let missing = #expect(throws: Diagnostic.self) { try file.values("bais", of: Float.self) }
    #expect(
      missing?.message.problem.hasSuffix("has no tensor 'bais'; did you mean 'bias'?") == true)
    let wrong = #expect(throws: Diagnostic.self) { try file.values("bias", of: Int32.self) }
    #expect(wrong?.message.problem.hasSuffix("holds 'bias' as F32, not I32") == true)
  }

  /// A header, the number of data bytes behind it, and a part of the expected problem.
  static let malformed: [(header: String, dataBytes: Int, problem: String)] = [
    ("[]", 0, "does not start with '{'"),
    (#"{"a":1}"#, 0, "'a' lacks its dtype"),
    (#"{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#, 4, "unknown dtype F31"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "does not fill 4 bytes"),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "not of whole numbers"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#, 4, "outside the file"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "outside the file"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "leaves a hole"),
    (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, 5, "last 1 bytes"),
    (
      #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
      4, "overlaps"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
      2, "duplicate name 'a'"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0,
      "does not fill"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}"#, 0,
      "does not fill"
    ),
    (#"{"__metadata__":{"a":1}}"#, 0, "'a' is not a text"),
    (#"{"#, 0, "expected a quoted name"),
  ]

  @Test(arguments: malformed)
  func `a header that lies is refused`(_ row: (header: String, dataBytes: Int, problem: String))
    throws
  {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: row.header.utf8.count >> (8 * $0)) }
    let bytes = length + Array(row.header.utf8) + [UInt8](repeating: 0, count: row.dataBytes)
    let path = try folder.write("bad.safetensors", bytes: bytes)
    let error = #expect(throws: Diagnostic.self) { try SafetensorsFile(path: path) }
    #expect(error?.message.problem.contains(row.problem) == true, "\(error?.message.problem ?? "")")
  }

  @Test func `every truncation is refused, and no flipped bit ends the program`() throws {
    let whole = try store.open(example().digest).withBytes { bytes in
      (0..<bytes.count).map { bytes[$0] }
    }
    for length in whole.indices {
      let path = try folder.write("cut", bytes: Array(whole.prefix(length)))
      #expect(throws: Diagnostic.self) { try SafetensorsFile(path: path) }
    }
    for index in whole.indices {
      for bit in 0..<8 {
        var damaged = whole
        damaged[index] ^= 1 << UInt8(bit)
        let path = try folder.write("flipped", bytes: damaged)
        guard let file = try? SafetensorsFile(path: path) else { continue }
        for entry in file.entries { _ = try? file.values(entry.name, of: Float.self) }
      }
    }
  }

  private func example() throws -> StoredObject {
    let writer = SafetensorsWriter(
      [
        .init("flags", .uint8, shape: [3]), .init("bias", .float32, shape: [2, 2]),
        .init("ids", .int64, shape: [3]), .init("scale", .float32, shape: []),
        .init("none", .float32, shape: [0, 5]),
      ], metadata: [("kind", "example"), ("about", "a \"quoted\" text")])
    var draft = try store.makeDraft()
    try writer.write(into: &draft) { tensor, draft throws(Diagnostic) in
      switch tensor.name {
      case "flags": try draft.write(elements: [7, 8, 9] as [UInt8])
      case "bias": try draft.write(elements: [0.5, -1, 2, 3] as [Float])
      case "ids": try draft.write(elements: [1, -2, 3] as [Int64])
      case "scale": try draft.write(elements: [4] as [Float])
      default: break
      }
    }
    return try draft.commit()
  }
}
