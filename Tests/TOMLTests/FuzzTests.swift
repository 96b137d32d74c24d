import Diagnostics
import TOML
import Testing

/// Damaged input is refused or understood, and never stops the program.
@Suite struct FuzzTests {
  private let sample = Array(
    #"""
    # Täglich
    name = "ok \u00E9 \t" # end
    'a b'."c.d" = [1, 2.5e-3, [true, false,], {x = 0xFF, y.z = '''lit''eral'''}]
    day = 1979-05-27 07:32:00.125-07:00
    text = """\
      one \
      ""two"" é
    """
    [a.b]
    inf = -inf
    [[list]]
    n = -9_223_372_036_854_775_808
    [list.sub]
    t = 07:32:00
    [[list]]
    """#.utf8)

  @Test func `the sample itself is understood`() throws {
    #expect(try TOMLDocument.parse(sample, file: "sample").root.entries.count == 6)
  }

  @Test func `every prefix is understood or refused`() {
    for count in 0...sample.count { parse(Array(sample.prefix(count))) }
  }

  @Test func `every changed byte is understood or refused`() {
    for position in sample.indices {
      for byte in UInt8.min...UInt8.max {
        var bytes = sample
        bytes[position] = byte
        parse(bytes)
      }
    }
  }

  @Test func `every removed stretch is understood or refused`() {
    for start in sample.indices {
      for count in 1...12 where start + count <= sample.count {
        var bytes = sample
        bytes.removeSubrange(start..<start + count)
        parse(bytes)
      }
    }
  }

  /// Refusals must say where, inside the text.
  private func parse(_ bytes: [UInt8]) {
    do throws(Diagnostic) {
      _ = try TOMLDocument.parse(bytes, file: "fuzz")
    } catch {
      let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
      guard let place = error.place, let line = place.line, let excerpt = error.excerpt,
        (1...lines).contains(line),
        (1...excerpt.line.unicodeScalars.count + 1).contains(excerpt.column)
      else {
        Issue.record("\(error) in \(bytes)")
        return
      }
    }
  }
}
