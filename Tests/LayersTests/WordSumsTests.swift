import Fixtures
import Layers
import Tensors
import Testing

struct WordSumsTests {
  private static let batches = [[9, 3, 17, 12], [40, 1, 25], [9, 3, 17, 12], [2]].map {
    RaggedRows(lengths: $0, vocabularySize: 60)
  }

  /// Room for no words, for some of them, and for all; a row takes 512 or 384 bytes.
  @Test(arguments: RecurrentCell.allCases, [0, 7 * 512, 1 << 20])
  func `words met before, now or without room infer the bytes of a product of all vectors`(
    cell: RecurrentCell, byteLimit: Int
  ) {
    var layout = ParameterLayout()
    let table = layout.add("table", [60, 24], .constant(0))
    let directions = [false, true].map {
      layout.add(cell, inputWidth: 24, hiddenWidth: 19, isReverse: $0)
    }
    let parameters = ParameterBuffer(layout)
    var random = RandomSource(seed: 8)
    for entry in layout.entries { random.fillNormal(parameters[entry], deviation: 0.3) }
    for precision in Precision.allCases {
      let (plain, inferring) = (Tape(.opened, precision), Tape(.opened))
      let weights = InferenceWeights(
        parameters, in: precision, packing: [],
        directions.map { PackedCells(cell, $0, words: table) }, wordByteLimit: byteLimit,
        blas: .opened)
      for rows in Self.batches {
        func states(on tape: Tape) -> [Float] {
          let packing = tape.pack(lengths: rows.lengths)
          let words = tape.words(rows.tokens, width: rows.width, packing: packing)
          let last = tape.recurrent(
            tape.lookUp(words, table: table, padding: 0), words: words, packing: packing,
            cell: cell, directions: directions, keepsSequence: false
          ).last.value
          return last.indices.map { last[$0] }
        }
        plain.begin(parameters)
        inferring.begin(weights)
        let expected = states(on: plain)
        let isEqual = states(on: inferring) == expected
        #expect(isEqual && expected.contains { $0 != 0 })
      }
    }
  }
}
