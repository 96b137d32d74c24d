import Diagnostics
import Digests

/// Bytes that come in runs, cut into chunks of whole lines by what the lines say.
struct LineCutter {
  private let sizes: ChunkSizes
  /// A chunk ends inside a line that is longer.
  private let longestLine: Int
  private var rest: [UInt8] = []
  private var hasEnded = false
  private var hasGivenLast = false
  /// Why the bytes cannot be read on; told when what came before is parsed.
  private(set) var failure: Diagnostic?
  private let lineFeed = ByteSearch([UInt8(ascii: "\n")])

  init(_ sizes: ChunkSizes, longestLine: Int) {
    self.sizes = sizes
    self.longestLine = longestLine
  }

  /// The next chunk; nil at the end.
  ///
  /// - Parameter endsChunk: whether a chunk ends behind a line; called with each in turn.
  /// - Throws: why there is no more to read.
  mutating func next<Runs: ByteRuns & ~Copyable>(
    from runs: inout Runs, _ endsChunk: (Span<UInt8>, inout ContentCut) -> Bool
  ) throws(Diagnostic) -> LineChunk? {
    var cut = ContentCut(sizes)
    var start = 0
    var searched = 0
    while true {
      let end = lineFeed.first(in: rest.span, from: searched)
      if end < rest.count {
        let ends = endsChunk(rest.span.extracting(start..<end), &cut)
        start = end + 1
        searched = start
        if ends { return take(start) }
      } else if hasEnded {
        guard rest.isEmpty else { return take(rest.count) }
        if let failure { throw failure }
        // Where the end was not known when the last bytes were taken, an empty chunk tells of it.
        return hasGivenLast ? nil : take(0)
      } else if rest.count - start > longestLine {
        return take(rest.count)
      } else {
        searched = rest.count
        readOn(from: &runs)
      }
    }
  }

  private mutating func readOn<Runs: ByteRuns & ~Copyable>(from runs: inout Runs) {
    do throws(Diagnostic) {
      hasEnded = try runs.takeBytes(into: &rest) == 0
    } catch {
      failure = error
      hasEnded = true
    }
  }

  private mutating func take(_ count: Int) -> LineChunk {
    var chunk = LineChunk()
    chunk.bytes = rest.takeFirst(count, reserving: min(sizes.most, longestLine) + (256 << 10))
    chunk.isLast = hasEnded && rest.isEmpty
    hasGivenLast = chunk.isLast
    return chunk
  }

  /// The bytes that were read and are in no chunk; it gives no more chunks.
  mutating func takeRest() -> [UInt8] {
    defer { rest = [] }
    return rest
  }
}
