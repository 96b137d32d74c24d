import Diagnostics
import TOML

/// Which lines of a definition belong to which stage, so that it can be cut down to a few stages.
///
/// What stays keeps its line, since problems are told with their places.
struct DefinitionOutline: Sendable {
  let source: TOMLSource
  /// The lines of each stage, counted from 1; nil for a definition that cannot be cut, as one of its
  /// stages is not written under a header of its own.
  private let stages: [String: [Range<Int>]]?
  /// The lines that every stage is planned from: of no stage and no sweep, nor whether scores are kept
  /// for the end.
  private let shared: [Range<Int>]

  init(of source: TOMLSource) {
    self.source = source
    let root = (try? TOMLDocument.parse(source.bytes, file: source.file))?.root ?? TOMLTable()
    let lines = TableLines(of: root)
    var (stages, others): ([String: [Range<Int>]]?, [Range<Int>]) = ([:], [])
    for entry in root.entries {
      switch entry.key {
      case "stage":
        for (name, found) in lines.ofTables(in: entry.node) {
          if let found { stages?[name] = found } else { stages = nil }
        }
      case "sweep":
        for (_, found) in lines.ofTables(in: entry.node) {
          if let found { others += found } else { stages = nil }
        }
      case TestScores.option:
        let line = entry.keyRange.line
        others.append(line..<line + 1)
        // A text over several lines is left whole.
        if case .string(let text) = entry.node.value, source.line(line).contains(text) { break }
        stages = nil
      default: break
      }
    }
    self.stages = stages
    // Found once, so that an extract costs what it holds and not what the definition does.
    shared = Self.lines(of: source, without: (stages ?? [:]).values.flatMap(\.self) + others)
  }

  private static func lines(
    of source: TOMLSource, without left: [Range<Int>]
  ) -> [Range<Int>] {
    var (lines, line): ([Range<Int>], Int) = ([], 1)
    for range in left.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if line < range.lowerBound { lines.append(line..<range.lowerBound) }
      line = max(line, range.upperBound)
    }
    if line <= source.lineCount { lines.append(line..<source.lineCount + 1) }
    return lines
  }

  /// The definition with these stages and none of the others; the whole where it cannot be cut.
  func extract(_ names: Set<String>) -> DefinitionExtract {
    guard let stages else {
      let text = String(decoding: source.bytes, as: UTF8.self)
      return DefinitionExtract(pieces: [.init(line: 1, text: text)], stages: nil)
    }
    let kept = (names.flatMap { stages[$0] ?? [] } + shared)
      .sorted { $0.lowerBound < $1.lowerBound }
    // Lines that follow one another are one piece.
    var pieces: [Range<Int>] = []
    for range in kept {
      let end = min(range.upperBound, source.lineCount + 1)
      if let last = pieces.last, last.upperBound >= range.lowerBound {
        pieces[pieces.count - 1] = last.lowerBound..<max(last.upperBound, end)
      } else {
        pieces.append(range.lowerBound..<end)
      }
    }
    return DefinitionExtract(pieces: pieces.map(piece), stages: names)
  }

  private func piece(_ lines: Range<Int>) -> DefinitionExtract.Piece {
    DefinitionExtract.Piece(
      line: lines.lowerBound, text: String(decoding: source.bytes(ofLines: lines), as: UTF8.self))
  }
}

/// The lines that the tables of a document take, from one header to the next.
private struct TableLines {
  private let headers: [Int]

  init(of root: TOMLTable) { headers = Self.headers(in: root).sorted() }

  /// The lines of each table of a table; nil for one that has no header, but stands within another's
  /// lines.
  func ofTables(in node: TOMLNode) -> [(name: String, lines: [Range<Int>]?)] {
    guard case .table(let tables) = node.value, !tables.isInline else { return [("", nil)] }
    return tables.entries.map { entry in
      guard case .table(let table) = entry.node.value, table.header != nil else {
        return (entry.key, nil)
      }
      return (entry.key, Self.headers(in: table).map { $0..<end(after: $0) })
    }
  }

  /// The line of the header after one, or where there would be one.
  private func end(after header: Int) -> Int {
    var (low, high) = (0, headers.count)
    while low < high {
      let middle = (low + high) / 2
      if headers[middle] > header { high = middle } else { low = middle + 1 }
    }
    return low < headers.count ? headers[low] : .max
  }

  private static func headers(in table: TOMLTable) -> [Int] {
    (table.header.map { [$0.line] } ?? []) + table.entries.flatMap { headers(in: $0.node) }
  }

  private static func headers(in node: TOMLNode) -> [Int] {
    switch node.value {
    case .table(let table): headers(in: table)
    case .array(let nodes): nodes.flatMap { headers(in: $0) }
    default: []
    }
  }
}
