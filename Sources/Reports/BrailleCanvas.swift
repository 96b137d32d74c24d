/// A drawing of dots, eight to a character cell, with characters laid over it.
struct BrailleCanvas: Sendable {
  /// In characters.
  let width: Int
  /// In characters.
  let height: Int
  private var dots: [UInt8]
  private var marks: [Int: Character] = [:]

  /// The bit of each dot of a cell, by its row, left then right.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "a canvas of \(width) × \(height)")
    self.width = width
    self.height = height
    dots = [UInt8](repeating: 0, count: width * height)
  }

  var dotWidth: Int { width * 2 }
  var dotHeight: Int { height * 4 }

  /// Sets the dots of a straight line.
  mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
    let length = max(abs(end.x - start.x), abs(end.y - start.y)).rounded(.up)
    let steps = max(1, min(8 * (dotWidth + dotHeight), Int(clamping: length)))
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      dot(x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share)
    }
  }

  private mutating func dot(x: Double, y: Double) {
    let (column, row) = place(x, y)
    dots[row / 4 * width + column / 2] |= Self.bits[row % 4][column % 2]
  }

  /// Puts a character into the cell of a dot.
  mutating func mark(x: Double, y: Double, _ character: Character) {
    let (column, row) = place(x, y)
    marks[row / 4 * width + column / 2] = character
  }

  private func place(_ x: Double, _ y: Double) -> (column: Int, row: Int) {
    (
      max(0, min(dotWidth - 1, Int(clamping: x.rounded()))),
      max(0, min(dotHeight - 1, Int(clamping: y.rounded())))
    )
  }

  /// The drawing, line by line.
  var lines: [String] {
    (0..<height).map { row in
      String((0..<width).map { character(row * width + $0) })
    }
  }

  private func character(_ cell: Int) -> Character {
    if let mark = marks[cell] { return mark }
    guard dots[cell] != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots[cell])) else {
      return " "
    }
    return Character(scalar)
  }
}
