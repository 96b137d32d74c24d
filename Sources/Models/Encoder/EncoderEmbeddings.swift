import Layers
import Tensors

/// The vectors of words, of their places and of the texts they are in; their sum, normalised.
struct EncoderEmbeddings: Sendable {
  let words: Parameter
  let positions: Parameter
  let segments: Parameter?
  let norm: LayerNormalization

  /// The states of the words, [words, width].
  func states(
    of rows: EncoderRows, _ configuration: Encoder.Configuration, on tape: Tape
  ) -> Variable {
    var parts = [(words, rows.words.ids), (positions, rows.positions)]
    if let segments { parts.append((segments, rows.segments)) }
    let sums = tape.sumOfRows(parts, padding: configuration.padding)
    return tape.dropout(
      tape.normalize(sums, by: norm), dropProbability: configuration.dropout.hidden)
  }
}
