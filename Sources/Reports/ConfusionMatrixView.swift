import Diagnostics
import Metrics

/// A confusion matrix for people: rows are the true classes, columns what was predicted.
///
/// Names are cut to make room; a matrix that is still too wide is replaced by its most confused pairs.
package struct ConfusionMatrixView: Sendable {
  private let matrix: ConfusionMatrix
  private let classNames: [String]
  /// The heading of each column, and the key of its row, as in a, b, … z, aa, ab.
  private let letters: [String]

  package init(_ matrix: ConfusionMatrix, classNames: [String]) {
    precondition(
      matrix.classCount == classNames.count,
      "\(matrix.classCount) classes, \(classNames.count) names")
    self.matrix = matrix
    self.classNames = classNames.map(\.printable)
    letters = classNames.indices.map(Self.letters)
  }

  private static func letters(of place: Int) -> String {
    let last = String(Unicode.Scalar(UInt8(ascii: "a") + UInt8(place % 26)))
    return place < 26 ? last : letters(of: place / 26 - 1) + last
  }

  /// The least width that names are cut to.
  private static let leastNameWidth = 4

  /// The matrix if it fits, then the pairs of classes that were taken for each other most often.
  package func lines(width: Int, pairs: Int = 5) -> [String] {
    let title = "confusion: rows are true, columns predicted"
    let names = classNames.map(\.displayWidth).max() ?? 0
    // Each class takes two columns at least.
    let isHopeless = classNames.count > width / 2
    let least = isHopeless ? [] : matrixLines(nameWidth: 0, width: 0)
    let room = isHopeless ? -1 : width - (least.map(\.displayWidth).max() ?? 0)
    guard room >= min(names, Self.leastNameWidth) else {
      let confused = pairLines(pairs * 3, width: width)
      return confused.isEmpty
        ? "confusion: nothing was confused; no class of \(classNames.count) was taken for another"
          .wrapped(to: width)
        : "confusion: the matrix of \(classNames.count) classes is wider than \(width) columns"
          .wrapped(to: width) + [""] + confused
    }
    let confused = pairLines(pairs, width: width)
    return [title] + matrixLines(nameWidth: min(names, room), width: width)
      + (confused.isEmpty ? [] : [""] + confused)
  }

  /// The whole matrix, with the names of the classes.
  package var table: TextTable {
    var table = TextTable([.name("true")] + classNames.map { .number($0) })
    for truth in classNames.indices {
      table.append(
        [classNames[truth]]
          + classNames.indices.map { Spelling.count(matrix[true: truth, predicted: $0]) })
    }
    return table
  }

  private func matrixLines(nameWidth: Int, width: Int) -> [String] {
    let letterWidth = letters.map(\.count).max() ?? 1
    let cells = classNames.indices.map { truth in
      classNames.indices.map { predicted in
        let count = matrix[true: truth, predicted: predicted]
        return count == 0 ? "·" : Spelling.count(count)
      }
    }
    let widths = classNames.indices.map { column in
      cells.reduce(letters[column].count) { max($0, $1[column].count) }
    }
    func line(_ start: String, _ cells: [String]) -> String {
      start + zip(cells, widths).map { " " + $0.leftPadded(to: $1) }.joined()
    }
    let margin = String(repeating: " ", count: nameWidth + letterWidth + 3)
    let heading = line(margin, letters)
    let arrow = "   ← predicted"
    return [heading + (heading.displayWidth + arrow.displayWidth <= width ? arrow : "")]
      + classNames.indices.map { truth in
        line(
          "\(classNames[truth].fitted(to: nameWidth).padded(to: nameWidth))  \(letters[truth].padded(to: letterWidth))▕",
          cells[truth])
      }
  }

  private func pairLines(_ limit: Int, width: Int) -> [String] {
    var pairs: [(truth: Int, predicted: Int, count: Int)] = []
    for truth in classNames.indices {
      for predicted in classNames.indices where predicted != truth {
        let count = matrix[true: truth, predicted: predicted]
        if count > 0 { pairs.append((truth, predicted, count)) }
      }
    }
    pairs.sort { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
    guard !pairs.isEmpty else { return [] }
    var table = TextTable([.text("true"), .text("taken for"), .number("rows"), .number("of class")])
    for pair in pairs.prefix(limit) {
      table.append([
        classNames[pair.truth], classNames[pair.predicted], Spelling.count(pair.count),
        Spelling.percent(pair.count, of: matrix.trueCount(pair.truth)),
      ])
    }
    return ["most confused"] + table.lines(width: width)
  }
}
