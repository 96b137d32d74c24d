/// A hypothesis whose phrases are shifted, greedily, to where they save the most edits.
///
/// Follows Tercom in which shifts are tried and which of several good ones is made.
struct ShiftedAlignment {
  private static let maximumShiftLength = 10
  private static let maximumShiftDistance = 50
  private static let maximumCandidates = 1_000

  private var words: [UInt64]
  private let reference: [UInt64]
  private var candidates = 0

  init(_ hypothesis: [UInt64], to reference: [UInt64]) {
    words = hypothesis
    self.reference = reference
  }

  /// Shifts and edits together.
  mutating func edits() -> Int {
    guard !reference.isEmpty else { return words.count }
    var shifts = 0
    var matrix = EditMatrix(words, to: reference)
    while let shift = bestShift(matrix), candidates < Self.maximumCandidates, shift.gain > 0 {
      words = shift.words
      shifts += 1
      matrix.fill(words, from: 0)
    }
    return shifts + matrix.distance
  }

  private struct Shift {
    let gain: Int
    let length: Int
    let start: Int
    let target: Int
    let words: [UInt64]

    /// Gain first, then the longest phrase, the earliest, the earliest target.
    func isBetter(than other: Shift) -> Bool {
      (gain, length, -start, -target) > (other.gain, other.length, -other.start, -other.target)
    }
  }

  private mutating func bestShift(_ matrix: EditMatrix) -> Shift? {
    let alignment = Alignment(matrix.path())
    var scratch = matrix
    // How many rows of the scratch matrix belong to the words before any shift.
    var validRows = words.count
    var best: Shift?
    Self.forEachSharedPhrase(of: words, and: reference) { start, referenceStart, length in
      let isRight = !alignment.hypothesisErrors[start..<start + length].contains(true)
      let isThere =
        !alignment.referenceErrors[referenceStart..<referenceStart + length].contains(true)
      // Shifting saves edits only if the phrase is misaligned, and its target, outside it, is too.
      guard !isRight, !isThere,
        !(start..<start + length).contains(alignment.positions[referenceStart])
      else { return true }
      var last = -1
      for position in (referenceStart - 1)..<(referenceStart + length) {
        let target = position < 0 ? 0 : alignment.positions[position] + 1
        guard target != last else { continue }
        last = target
        let shifted = shifting(length, from: start, to: target)
        let unchanged = min(start, target)
        scratch.fill(shifted, from: min(unchanged, validRows))
        validRows = unchanged
        let shift = Shift(
          gain: matrix.distance - scratch.distance, length: length, start: start, target: target,
          words: shifted)
        candidates += 1
        if best.map(shift.isBetter) ?? true { best = shift }
      }
      return candidates < Self.maximumCandidates
    }
    return best
  }

  /// Gives every phrase that hypothesis and reference share, until told to stop.
  private static func forEachSharedPhrase(
    of words: [UInt64], and reference: [UInt64],
    _ body: (_ start: Int, _ referenceStart: Int, _ length: Int) -> Bool
  ) {
    for start in words.indices {
      for referenceStart in reference.indices
      where abs(referenceStart - start) <= maximumShiftDistance {
        var length = 0
        while length < maximumShiftLength, start + length < words.count,
          referenceStart + length < reference.count,
          words[start + length] == reference[referenceStart + length]
        {
          length += 1
          if !body(start, referenceStart, length) { return }
        }
      }
    }
  }

  /// The words with a phrase moved so that it comes before what was at `target`.
  private func shifting(_ length: Int, from start: Int, to target: Int) -> [UInt64] {
    let phrase = words[start..<start + length]
    var shifted = Array(words[..<start] + words[(start + length)...])
    // Tercom counts a target inside the phrase or right after it from the end of the phrase.
    let place = target > start + length ? target - length : target
    shifted.insert(contentsOf: phrase, at: min(place, shifted.count))
    return shifted
  }
}

/// Which word of the hypothesis stands for which of the reference, and which are wrong.
private struct Alignment {
  /// For each word of the reference, the last of the hypothesis up to it; −1 before the first.
  private(set) var positions: [Int] = []
  private(set) var referenceErrors: [Bool] = []
  private(set) var hypothesisErrors: [Bool] = []

  init(_ path: [EditMatrix.Operation]) {
    for operation in path {
      if operation != .insert { hypothesisErrors.append(operation != .keep) }
      guard operation != .delete else { continue }
      positions.append(hypothesisErrors.count - 1)
      referenceErrors.append(operation != .keep)
    }
  }
}
