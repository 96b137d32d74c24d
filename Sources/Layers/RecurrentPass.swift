import Tensors

/// One direction of a layer, run over the packed rows of a batch.
///
/// Widths are the padded width w of `RecurrentWeights`; h is the hidden width.
struct RecurrentPass {
  let direction: RecurrentDirection
  let packing: Packing
  let weights: RecurrentWeights
  let cells: any RecurrentCells
  let products: MatrixProducts
  /// Whether sums are kept until the gradient is computed.
  private let keepsSums: Bool

  init(
    _ direction: RecurrentDirection, of cell: RecurrentCell, packing: Packing, on tape: Tape
  ) {
    self.direction = direction
    self.packing = packing
    weights = tape.weights(of: direction, cell)
    let width = RecurrentWeights.paddedWidth(direction.hiddenWidth)
    keepsSums = tape.isRecording
    cells = cell.cells(
      count: packing.count, rows: packing.rowCount, width: width,
      inferring: keepsSums ? nil : Self.stretchSize(width: width) + packing.rowCount,
      in: tape.arena, products: tape.products)
    products = tape.products
  }

  var width: Int { cells.width }

  /// Where the values of the step read as number `index` lie.
  func range(_ index: Int) -> Range<Int> {
    packing.range(ofStep: direction.isReverse ? packing.stepCount - 1 - index : index)
  }

  /// Where the values of the step read before lie, as far as rows go on from there to `index`.
  func range(before index: Int) -> Range<Int> {
    index > 0 ? range(index - 1).prefix(range(index).count) : 0..<0
  }

  /// Where the values of some steps in a row lie.
  func range(_ indices: Range<Int>) -> Range<Int> {
    let first = range(indices.lowerBound)
    let last = range(indices.upperBound - 1)
    return min(first.lowerBound, last.lowerBound)..<max(first.upperBound, last.upperBound)
  }

  /// Steps are taken together until they have so many values: one product, still in the cache.
  var stretchSize: Int { Self.stretchSize(width: width) }
  private static func stretchSize(width: Int) -> Int { max(64, width) }

  /// Where the last state of the row at this place of every step lies.
  func lastPosition(ofPlace place: Int) -> Int {
    let step = direction.isReverse ? 0 : packing.length(ofPlace: place) - 1
    return packing.range(ofStep: step).lowerBound + place
  }

  /// Computes all cells from `input[p, c]`.
  ///
  /// - Parameter words: [p] those whose vectors the input is, if it is that.
  func forward(_ input: Tensor, words: Indices?, on tape: Tape) {
    let wordSums = tape.inferenceWeights?.wordSums(of: direction)
    let known = words.flatMap { wordSums?.sums(of: $0, vectors: input, on: tape) }
    var index = 0
    while index < packing.stepCount {
      var stretch = index..<index + 1
      while stretch.upperBound < packing.stepCount, range(stretch).count < stretchSize {
        stretch = index..<stretch.upperBound + 1
      }
      let rows = range(stretch)
      let start = keepsSums ? 0 : rows.lowerBound
      let sums = cells.gates[rows: rows.lowerBound - start..<rows.upperBound - start]
      if let known, let wordSums {
        wordSums.write(
          known, rows, of: input, into: sums, room: cells.gates.rows, on: tape)
      } else {
        products.multiply(input.matrix[rows: rows], weights.input, into: sums)
      }
      for index in stretch {
        let step = range(index)
        cells.forward(
          step, sums: step.lowerBound - start..<step.upperBound - start,
          after: range(before: index), recurrent: weights.recurrent, bias: weights.bias)
      }
      index = stretch.upperBound
    }
  }
}
