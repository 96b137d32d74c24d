/// A line of text as numbers that substitutions rewrite, most of them Unicode scalars.
///
/// A byte that is not part of valid UTF-8 is kept as a number above the scalars, so that no text is
/// lost or refused; so is what stands in for a stretch of text that no rule may look into.
struct ScalarText {
  private(set) var units: [UInt32] = []
  /// Where the next version of `units` is built; kept to save its memory.
  private var draft: [UInt32] = []
  /// Which units may occur: a rule whose first unit is certainly absent need not look.
  private(set) var present = UnitFilter()

  private static let strayByte: UInt32 = 0x11_0000
  private static let firstStandIn: UInt32 = 0x12_0000
  private static let firstDotRun: UInt32 = 0x4000_0000

  static let space: UInt32 = 0x20

  init(_ bytes: Span<UInt8>) {
    // Appending no units would write to the storage that all empty arrays of all threads share.
    if bytes.isEmpty { return }
    var present = UnitFilter()
    units.append(addingCapacity: bytes.count) { units in
      var index = 0
      while index < bytes.count {
        var unit = UInt32(bytes[index])
        if unit < 0x80 {
          index += 1
        } else {
          let sequence = Self.sequence(at: index, in: bytes)
          unit = sequence.unit
          index += sequence.length
        }
        units.append(unit)
        present.insert(unit)
      }
    }
    self.present = present
  }

  init(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(bytes.span)
  }

  /// The scalar that begins at a byte of 0x80 or more, or the stray byte itself, and its length.
  static func sequence(
    at start: Int, in bytes: Span<UInt8>
  ) -> (unit: UInt32, length: Int) {
    let stray = (strayByte + UInt32(bytes[start]), 1)
    let lead = bytes[start]
    let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
    guard length > 1, start + length <= bytes.count else { return stray }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in start + 1..<start + length {
      guard bytes[index] & 0xC0 == 0x80 else { return stray }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= least, Unicode.Scalar(value) != nil else { return stray }
    return (value, length)
  }

  /// The scalar that begins at a byte, or the stray byte itself, and its length.
  @inline(__always)
  static func scalar(at start: Int, in bytes: Span<UInt8>) -> (unit: UInt32, length: Int) {
    bytes[start] < 0x80 ? (UInt32(bytes[start]), 1) : sequence(at: start, in: bytes)
  }

  /// How many bytes the scalar has that begins at a byte; 1 for a stray byte.
  static func scalarLength(at start: Int, in bytes: Span<UInt8>) -> Int {
    scalar(at: start, in: bytes).length
  }

  /// Appends the text as UTF-8; stray bytes come out as they went in.
  func append(to output: inout [UInt8]) {
    for unit in units { Self.append(unit, to: &output) }
  }

  @inline(__always)
  static func append(_ unit: UInt32, to output: inout [UInt8]) {
    if unit < 0x80 {
      output.append(UInt8(truncatingIfNeeded: unit))
    } else {
      appendSequence(unit, to: &output)
    }
  }

  private static func appendSequence(_ unit: UInt32, to output: inout [UInt8]) {
    switch unit {
    case ..<0x800:
      output.append(0xC0 | UInt8(truncatingIfNeeded: unit >> 6))
      output.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
    case 0x800..<0x1_0000:
      output.append(0xE0 | UInt8(truncatingIfNeeded: unit >> 12))
      output.append(0x80 | UInt8(truncatingIfNeeded: unit >> 6 & 0x3F))
      output.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
    case 0x1_0000..<strayByte:
      output.append(0xF0 | UInt8(truncatingIfNeeded: unit >> 18))
      output.append(0x80 | UInt8(truncatingIfNeeded: unit >> 12 & 0x3F))
      output.append(0x80 | UInt8(truncatingIfNeeded: unit >> 6 & 0x3F))
      output.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
    case strayByte..<firstStandIn: output.append(UInt8(truncatingIfNeeded: unit))
    default:
      for _ in 0..<Int(dotRunLength(unit) ?? 0) { output.append(UInt8(ascii: ".")) }
    }
  }

  // MARK: - Stand-ins

  /// The unit that hides the `index`-th protected stretch.
  static func standIn(_ index: Int) -> UInt32 { firstStandIn + UInt32(truncatingIfNeeded: index) }

  /// The unit that hides a run of full stops; it is written out as that many.
  static func dotRun(_ length: Int) -> UInt32 { firstDotRun + UInt32(truncatingIfNeeded: length) }

  static func isStandIn(_ unit: UInt32) -> Bool { unit >= firstStandIn }

  /// Which protected stretch a unit hides, if it hides one.
  static func protectedIndex(_ unit: UInt32) -> Int? {
    unit >= firstStandIn && unit < firstDotRun ? Int(unit - firstStandIn) : nil
  }

  private static func dotRunLength(_ unit: UInt32) -> UInt32? {
    unit >= firstDotRun ? unit - firstDotRun : nil
  }

  // MARK: - Rewriting

  /// Replaces the text by what `build` writes, given the text as it is.
  mutating func rebuild(_ build: (_ old: [UInt32], _ new: inout [UInt32]) -> Void) {
    draft.removeAll(keepingCapacity: true)
    draft.reserveCapacity(units.count + 16)
    build(units, &draft)
    swap(&units, &draft)
  }

  /// Replaces the text by what `build` writes, at most `capacity` units.
  mutating func rebuild(
    capacity: Int, _ build: (_ old: Span<UInt32>, _ new: inout OutputSpan<UInt32>) -> Void
  ) {
    draft.removeAll(keepingCapacity: true)
    let old = units
    draft.append(addingCapacity: max(1, capacity)) { build(old.span, &$0) }
    swap(&units, &draft)
  }

  /// Tells the filter of a unit that `rebuild` may have brought in.
  mutating func note(_ unit: UInt32) { present.insert(unit) }

  /// One more space at each end.
  mutating func pad() {
    units.insert(Self.space, at: 0)
    units.append(Self.space)
    present.insert(Self.space)
  }

  /// Every run of spaces becomes one.
  mutating func collapseSpaces() {
    guard hasDoubleSpace else { return }
    rebuild(capacity: units.count) { old, new in
      var last: UInt32 = 0
      for index in old.indices {
        if old[index] != Self.space || last != Self.space { new.append(old[index]) }
        last = old[index]
      }
    }
  }

  private var hasDoubleSpace: Bool {
    var last: UInt32 = 0
    for unit in units {
      if unit == Self.space, last == Self.space { return true }
      last = unit
    }
    return false
  }
}
