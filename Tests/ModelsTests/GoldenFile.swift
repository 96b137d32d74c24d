import Datasets
import Fixtures
import Foundation
import Tensors
import Testing

/// A safetensors file of another program's numbers: float and integer tensors, and the case.
struct GoldenFile: CustomTestStringConvertible, Sendable {
  let url: URL
  let options: [String: String]
  private(set) var shapes: [String: [Int]] = [:]
  private(set) var floats: [String: [Float]] = [:]
  private(set) var integers: [String: [Int32]] = [:]

  var name: String { url.lastPathComponent }
  var testDescription: String { name }

  init(_ url: URL) throws {
    self.url = url
    let data = try Data(contentsOf: url)
    let headerCount = Int(data.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
    let header = try #require(
      try JSONSerialization.jsonObject(with: data[8..<8 + headerCount]) as? [String: [String: Any]])
    let text = header["__metadata__"]?["case"] as? String ?? "{}"
    let described = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    options = (described ?? [:]).mapValues { "\($0)" }
    for (name, entry) in header where name != "__metadata__" {
      let offsets = try #require(entry["data_offsets"] as? [Int])
      let words = data[8 + headerCount + offsets[0]..<8 + headerCount + offsets[1]]
      let values = stride(from: words.startIndex, to: words.endIndex, by: 4).map { start in
        words[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      }
      shapes[name] = try #require(entry["shape"] as? [Int])
      switch try #require(entry["dtype"] as? String) {
      case "F32": floats[name] = values.map { Float(bitPattern: $0) }
      default: integers[name] = values.map { Int32(bitPattern: $0) }
      }
    }
  }

  /// Every file of other programs' numbers whose name starts so.
  static func all(named prefix: String) throws -> [GoldenFile] {
    try Folders.reference(prefix: prefix, ending: ".safetensors").map(GoldenFile.init)
  }

  /// The names after this prefix, without it.
  func names(after prefix: String) -> [String] {
    shapes.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
  }

  func batch() throws -> ClassificationBatch {
    ClassificationBatch(
      tokens: try #require(integers["input.tokens"]),
      width: try #require(shapes["input.tokens"])[1],
      lengths: try #require(integers["input.lengths"]),
      labels: try #require(integers["input.labels"]))
  }

  /// The weights under `model.`, which must be exactly those the layout has.
  ///
  /// - Parameter copies: names under which the file holds some of them a second time.
  func parameters(_ layout: ParameterLayout, copies: [String] = []) throws -> ParameterBuffer {
    let names = names(after: "model.").filter { !copies.contains($0) }
    #expect(layout.entries.map(\.name).sorted() == names)
    let buffer = ParameterBuffer(layout)
    for entry in layout.entries {
      #expect(entry.shape.extents == shapes["model.\(entry.name)"])
      let stored = try #require(floats["model.\(entry.name)"])
      let values = buffer[entry]
      for i in stored.indices { values[i] = stored[i] }
    }
    return buffer
  }

  /// Expects these values to be those stored, within 10⁻⁴ of the largest.
  func expect(_ found: [Float], as name: String, tolerance: Float = 1e-4) throws {
    let stored = try #require(floats[name], "\(name) is not in \(self.name)")
    try #require(found.count == stored.count, "\(name) of \(self.name)")
    let largest = stored.reduce(0) { max($0, abs($1)) }
    let worst = zip(found, stored).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst <= tolerance * largest, "\(name) of \(self.name): off by \(worst) of \(largest)")
  }
}

extension Tensor {
  var array: [Float] { indices.map { self[$0] } }
}
