import Artifacts
import Diagnostics
import Files
import Formats
import Reports
import Text

/// Byte-pair merges: the first, the last and the longest.
struct MergesView: ArtifactView {
  private struct Line {
    let rank: Int
    let left: String
    let right: String
    /// What the two become, without the mark of the word's end.
    let piece: String
  }

  private let lines: [Line]
  private let selection: RowSelection

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    let merges = try artifact.store.open(artifact.output.digest).withBytes {
      (bytes) throws(Diagnostic) in try Merges(codes: bytes, file: artifact.output.port)
    }
    selection = artifact.selection
    lines = merges.merges.enumerated().map { index, merge in
      let (left, right) = (
        String(decoding: merge.left, as: UTF8.self), String(decoding: merge.right, as: UTF8.self)
      )
      let piece = left + right
      return Line(
        rank: index + 1, left: left, right: right,
        piece: piece.hasSuffix("</w>") ? String(piece.dropLast(4)) : piece + "-")
    }
    if let row = selection.row, !lines.indices.contains(row - 1) {
      throw Diagnostic(.noSuchRow(row, of: lines.count))
    }
  }

  func summary(width: Int) -> [String] {
    let first = lines.prefix(8).map(\.piece.printable).joined(separator: " ")
    return ["\(Spelling.count(lines.count, "merge")); first \(first)".fitted(to: width)]
  }

  func text(width: Int) -> [String] {
    if selection.isNarrow {
      let found = found
      return ["\(Spelling.count(found.count, "merge")) found"]
        + Self.table(found.prefix(max(1, selection.limit))).lines(width: width)
    }
    let wholeWords = lines.count { !$0.piece.hasSuffix("-") }
    let longest = longest.map { "\($0.piece.printable) (\(Spelling.count($0.rank)))" }
    return [
      "\(Spelling.count(lines.count, "merge")); \(Spelling.count(wholeWords)) end a word,"
        + " \(Spelling.count(lines.count - wholeWords)) go on (written with - behind)",
      "", "first",
    ] + Self.table(lines.prefix(count)).lines(width: width) + ["", "last"]
      + Self.table(lines.suffix(count)).lines(width: width) + [
        "", "longest pieces, with their rank",
      ]
      + Columns.lines(longest, width: width)
  }

  var tables: [ShownTable] {
    let shown = selection.isNarrow ? found.prefix(max(1, selection.limit)) : lines.prefix(count)
    return [ShownTable("merges", Self.table(shown))]
  }

  var json: JSONValue {
    if selection.isNarrow { return ["merges": Self.json(found.prefix(max(1, selection.limit)))] }
    return [
      "merges": .integer(lines.count), "first": Self.json(lines.prefix(count)),
      "last": Self.json(lines.suffix(count)), "longest": Self.json(longest[...]),
    ]
  }

  /// How many are shown of each end.
  private var count: Int { max(1, selection.limit) }

  private var found: [Line] {
    if let row = selection.row { return [lines[row - 1]] }
    return lines.filter { $0.piece.contains(selection.text ?? "") }
  }

  private var longest: [Line] {
    Array(lines.sorted { ($1.piece.count, $0.rank) < ($0.piece.count, $1.rank) }.prefix(12))
  }

  private static func table(_ lines: ArraySlice<Line>) -> TextTable {
    var table = TextTable([.number("rank"), .text("left"), .text("right"), .text("piece")])
    for line in lines {
      table.append([Spelling.count(line.rank), line.left, line.right, line.piece])
    }
    return table
  }

  private static func json(_ lines: ArraySlice<Line>) -> JSONValue {
    .array(
      lines.map { line in
        [
          "rank": .integer(line.rank), "left": .string(line.left), "right": .string(line.right),
        ]
      })
  }
}
