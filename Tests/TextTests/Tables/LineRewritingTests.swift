import Diagnostics
import Fixtures
import Testing
import Text

struct LineRewritingTests {
  /// Doubles a field and adds what is escaped; rows whose field begins with `x` are left out.
  private static func change(
    _ field: Span<UInt8>, _ row: Origin, _ output: inout [UInt8]
  ) -> Bool {
    for _ in 0..<2 { for index in field.indices { output.append(field[index]) } }
    output += "\t\(row)".utf8
    return field.isEmpty || field[0] != UInt8(ascii: "x")
  }

  /// The rows of lines with some columns changed, one after the other.
  private static func obvious(
    _ batch: RowBatch, _ isChanged: [Bool]
  ) -> RowBatch {
    var changed = RowBatch(columnCount: batch.columnCount)
    for row in 0..<batch.count {
      var fields: [[UInt8]] = []
      var isKept = true
      for column in 0..<batch.columnCount {
        let field = Array(batch.field(row, column))
        guard isChanged[column] else {
          fields.append(field)
          continue
        }
        var output: [UInt8] = []
        if !change(field.span, batch.origins[row], &output) { isKept = false }
        fields.append(output)
      }
      guard isKept else { continue }
      for field in fields { changed.append(field) }
      changed.endRow(batch.origins[row])
    }
    return changed
  }

  /// What became of lines: their text and how many rows that is, or where they are damaged.
  private struct Outcome: Equatable {
    var text: [UInt8] = []
    var rowCount = 0
    var problem: Diagnostic?
  }

  private static func rewritten(_ lines: [UInt8], _ isChanged: [Bool]) -> Outcome {
    let table = TableLines(columnCount: isChanged.count, file: "table")
    var outcome = Outcome()
    do throws(Diagnostic) {
      let span = lines.span
      outcome.rowCount = try table.rewrite(
        span, changing: isChanged, into: &outcome.text, change: change
      ) { (line, text) throws(Diagnostic) in
        let number = 2 + lines[..<line.lowerBound].count { $0 == UInt8(ascii: "\n") }
        let rows = obvious(
          try table.rows(of: span.extracting(line), firstLine: number), isChanged)
        TableText.append(rows, to: &text)
        return rows.count
      }
    } catch { outcome = Outcome(problem: error) }
    return outcome
  }

  private static func parsed(_ lines: [UInt8], _ isChanged: [Bool]) -> Outcome {
    let table = TableLines(columnCount: isChanged.count, file: "table")
    var outcome = Outcome()
    do throws(Diagnostic) {
      let rows = obvious(try table.rows(of: lines.span, firstLine: 2), isChanged)
      TableText.append(rows, to: &outcome.text)
      outcome.rowCount = rows.count
    } catch { outcome = Outcome(problem: error) }
    return outcome
  }

  @Test func `lines become what their rows would, and damage is told of as there`() {
    var random = SeededNumbers(seed: 11)
    let sound = [
      "a", "xyz", "é", " ", "\\t", "\\n", "\\\\", "\\r", "\u{1}", "", "", "a long run of it",
    ]
    let odd = ["\r", "\\", "\\q", "\t", "\n", "0", "07\t"]
    var (problems, rows) = (0, 0)
    for round in 0..<6_000 {
      let columnCount = Int.random(in: 1...3, using: &random)
      let isChanged = (0..<columnCount).map { _ in Bool.random(using: &random) }
      var lines = ""
      // Of many lines so many are left out that the last are written together.
      let lineCount = Int.random(in: 0...(round % 50 == 0 ? 300 : 6), using: &random)
      for _ in 0..<lineCount {
        lines += ["", "2:", "31:"].randomElement(using: &random) ?? ""
        lines += "\(Int.random(in: 1...1_000_000, using: &random))"
        for _ in 0..<columnCount {
          lines += "\t"
          for _ in 0..<Int.random(in: 0...5, using: &random) {
            let isOdd = round % 2 == 0 && Int.random(in: 0..<30, using: &random) == 0
            lines += (isOdd ? odd : sound).randomElement(using: &random) ?? ""
          }
        }
        lines += "\n"
      }
      let expected = Self.parsed(Array(lines.utf8), isChanged)
      #expect(Self.rewritten(Array(lines.utf8), isChanged) == expected, "\(lines)")
      problems += expected.problem == nil ? 0 : 1
      rows += expected.rowCount
    }
    #expect(problems > 500 && rows > 5_000)
  }

  @Test func `where many rows are written otherwise, few calls write them`() {
    let table = TableLines(columnCount: 1, file: "table")
    func calls(_ fields: (Int) -> String) -> Int {
      let lines = Array((1...10_000).map { "\($0)\t\(fields($0))\n" }.joined().utf8)
      var (text, calls, lineCount): ([UInt8], Int, Int) = ([], 0, 0)
      let rowCount = table.rewrite(lines.span, changing: [true], into: &text, change: Self.change) {
        range, _ in
        calls += 1
        lineCount += lines[range].count { $0 == UInt8(ascii: "\n") }
        return 0
      }
      #expect(rowCount + lineCount == 10_000)
      return calls
    }
    #expect(calls { _ in "x" } == 9)
    #expect(calls { $0 % 10 == 0 ? "a" : "x" } < 12)
    #expect(calls { $0 % 100 == 0 ? "x" : "a" } == 100)
    #expect(calls { _ in "a" } == 0)
  }

  @Test func `an origin that is not written as tables write it is written so`() {
    let lines = Array("007\ta\n2:05\tb\n".utf8)
    let expected = Self.parsed(lines, [true])
    #expect(Self.rewritten(lines, [true]) == expected)
    #expect(expected.text.starts(with: "7\taa\\t7\n2:5\t".utf8))
  }
}
