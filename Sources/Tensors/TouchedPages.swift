/// Which parts of a gradient have been written since they were last zero.
///
/// In one step most rows of a table of words get no gradient. Who adds up gradients looks at the
/// pages that were touched, and leaves the others where they are.
///
/// Its sending is unchecked, as a `ParameterBuffer`'s is: threads may change the marks of different
/// pages at a time.
@safe
package final class TouchedPages: @unchecked Sendable {
  /// Places of a page: no more than a usual row of a table of words, so that none lies beside it.
  private static let size = 64

  private let count: Int
  /// A byte for each page.
  private let memory: AlignedMemory
  private let marks: UnsafeMutablePointer<UInt8>

  /// No page is touched.
  ///
  /// - Parameter count: the places of the buffer.
  package init(count: Int) {
    self.count = count
    memory = AlignedMemory(byteCount: (count + Self.size - 1) / Self.size)
    unsafe marks = memory.base.assumingMemoryBound(to: UInt8.self)
  }

  /// Says that these places are written.
  package func mark(_ places: Range<Int>) { set(places, 1) }

  /// Says that these places are zero; both ends are those of pages, or of the buffer.
  package func clear(_ places: Range<Int>) { set(places, 0) }

  private func set(_ places: Range<Int>, _ mark: UInt8) {
    guard !places.isEmpty else { return }
    precondition(0 <= places.lowerBound && places.upperBound <= count, "\(places) of \(count)")
    for page in places.lowerBound / Self.size...(places.upperBound - 1) / Self.size {
      unsafe marks[page] = mark
    }
  }

  /// Gives the stretches of a range that lie in touched pages, as long as they are.
  package func forEachStretch(of range: Range<Int>, _ body: (Range<Int>) -> Void) {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "\(range) of \(count)")
    let end = (range.upperBound + Self.size - 1) / Self.size
    var page = range.lowerBound / Self.size
    while page < end {
      let first = page
      let mark = unsafe marks[page]
      repeat { page += 1 } while unsafe page < end && marks[page] == mark
      guard mark != 0 else { continue }
      body(
        max(first * Self.size, range.lowerBound)..<min(page * Self.size, range.upperBound))
    }
  }
}
