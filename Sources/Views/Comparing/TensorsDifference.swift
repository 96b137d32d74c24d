import Artifacts
import Diagnostics
import Formats
import Reports

/// The tensors of two models or checkpoints: how far each has moved.
struct TensorsDifference: ArtifactView {
  private struct Moved {
    let name: String
    /// The norm of the difference by the norm of the first; nil where shapes differ.
    let share: Double?
  }

  private let onlyA: [String]
  private let onlyB: [String]
  private var moved: [Moved] = []
  private var sameCount = 0
  private let metadata: [(name: String, a: String, b: String)]

  init(_ artifacts: ComparedArtifacts) throws(Diagnostic) {
    let (a, b, store) = (artifacts.a, artifacts.b, artifacts.store)
    let first = try SafetensorsFile(try store.open(a.digest))
    let second = try SafetensorsFile(try store.open(b.digest))
    onlyA = first.entries.map(\.name).filter { second[$0] == nil }
    onlyB = second.entries.map(\.name).filter { first[$0] == nil }
    metadata = first.metadata.compactMap { name, value in
      guard let other = second.metadata(name), other != value else { return nil }
      return (name, value, other)
    }
    for entry in first.entries {
      guard let other = second[entry.name] else { continue }
      if try Self.isSame(entry, first, other, second) {
        sameCount += 1
      } else if entry.elementType == .float32, other.elementType == .float32,
        entry.shape == other.shape
      {
        moved.append(Moved(name: entry.name, share: try Self.share(entry.name, first, second)))
      } else {
        moved.append(Moved(name: entry.name, share: nil))
      }
    }
  }

  private static func isSame(
    _ a: TensorEntry, _ first: SafetensorsFile, _ b: TensorEntry, _ second: SafetensorsFile
  ) throws(Diagnostic) -> Bool {
    guard a.shape == b.shape, a.elementType == b.elementType else { return false }
    return try first.withBytes(a) { (x) throws(Diagnostic) in
      try second.withBytes(b) { y in
        x.count == y.count && x.indices.allSatisfy { x[$0] == y[$0] }
      }
    }
  }

  private static func share(
    _ name: String, _ first: SafetensorsFile, _ second: SafetensorsFile
  ) throws(Diagnostic) -> Double {
    try first.withValues(name, of: Float.self) { (x) throws(Diagnostic) in
      try second.withValues(name, of: Float.self) { y in
        var (difference, size) = (0.0, 0.0)
        for index in x.indices {
          let (a, b) = (Double(x[index]), Double(y[index]))
          difference += (a - b) * (a - b)
          size += a * a
        }
        return size > 0 ? (difference / size).squareRoot() : difference.squareRoot()
      }
    }
  }

  func summary(width: Int) -> [String] {
    let most = moved.compactMap(\.share).max().map { ", by at most \(Spelling.percent($0))" } ?? ""
    var text =
      "\(Spelling.count(moved.count)) of \(Spelling.count(moved.count + sameCount, "tensor"))"
    text += " differ\(most)"
    if !onlyA.isEmpty || !onlyB.isEmpty { text += ", −\(onlyA.count) +\(onlyB.count)" }
    return [text.fitted(to: width)]
  }

  func text(width: Int) -> [String] {
    var table = TextTable([.text("tensor"), .number("moved, of its norm")])
    for tensor in moved {
      table.append([tensor.name, tensor.share.map(Spelling.percent) ?? "other shape"])
    }
    return summary(width: width) + (moved.isEmpty ? [] : [""] + table.lines(width: width))
      + onlyA.map { "− \($0)" } + onlyB.map { "+ \($0)" }
      + metadata.flatMap { name, a, b in
        ["", "\(name)"]
          + ["− \(a)", "+ \(b)"].flatMap { $0.wrapped(to: width - 2) }.map { "  \($0)" }
      }
  }

  var json: JSONValue {
    [
      "same": .integer(sameCount), "only-a": .array(onlyA.map { .string($0) }),
      "only-b": .array(onlyB.map { .string($0) }),
      "moved": .object(moved.map { .init($0.name, $0.share.map { .number($0) } ?? .null) }),
    ]
  }
}
