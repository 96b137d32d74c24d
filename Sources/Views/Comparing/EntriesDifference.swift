import Artifacts
import Chains
import Diagnostics
import Files
import Formats
import Pipelines
import Reports
import Text

/// The entries of two vocabularies, or the merges of two encodings, that only one of them has.
struct EntriesDifference: ArtifactView {
  /// `merge`, `entry`.
  private let noun: String
  private let countA: Int
  private let countB: Int
  /// In the order of their ranks.
  private let onlyA: [String]
  private let onlyB: [String]
  /// How many entries both have at different ranks.
  private let movedCount: Int

  init(_ artifacts: ComparedArtifacts) throws(Diagnostic) {
    let (a, b, store) = (artifacts.a, artifacts.b, artifacts.store)
    noun = a.content == .merges ? "merge" : "entry"
    let (first, second) = (try Self.entries(of: a, in: store), try Self.entries(of: b, in: store))
    (countA, countB) = (first.count, second.count)
    let ranks = Dictionary(
      first.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(second)
    onlyA = first.filter { !known.contains($0) }
    onlyB = second.filter { ranks[$0] == nil }
    movedCount = second.enumerated().count { rank, entry in
      ranks[entry].map { $0 != rank } ?? false
    }
  }

  private static func entries(
    of output: RecordedOutput, in store: ArtifactStore
  ) throws(Diagnostic) -> [String] {
    try store.open(output.digest).withBytes { (bytes) throws(Diagnostic) in
      if output.content == .merges {
        return try Merges(codes: bytes, file: output.port).merges.map { merge in
          [merge.left, merge.right].map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: " ")
        }
      }
      let text = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
      return text.split(separator: "\n").map { line in
        String(line.prefix { $0 != "\t" && $0 != " " })
      }
    }
  }

  func summary(width: Int) -> [String] {
    let plural = noun == "entry" ? "entries" : "merges"
    var text = "−\(Spelling.count(onlyA.count)) +\(Spelling.count(onlyB.count)) \(plural)"
    if movedCount > 0 { text += ", \(Spelling.count(movedCount)) at another rank" }
    return ["\(text), of \(Spelling.count(countA)) → \(Spelling.count(countB))".fitted(to: width)]
  }

  func text(width: Int) -> [String] {
    var lines = summary(width: width)
    for (sign, entries) in [("−", onlyA), ("+", onlyB)] where !entries.isEmpty {
      lines += ["", "\(sign) the first by rank"]
      lines += Columns.lines(entries.prefix(60).map { "\(sign) \($0)" }, width: width)
    }
    return lines
  }

  var json: JSONValue {
    [
      "entries": [.integer(countA), .integer(countB)], "moved": .integer(movedCount),
      "only-a": .array(onlyA.map { .string($0) }), "only-b": .array(onlyB.map { .string($0) }),
    ]
  }
}
