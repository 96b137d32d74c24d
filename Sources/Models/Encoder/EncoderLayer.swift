import Layers
import Tensors

/// Attention and a dense layer for each word, each added to what it read and normalised.
struct EncoderLayer: Sendable {
  let query: LinearLayer
  let key: LinearLayer
  let value: LinearLayer
  let output: LinearLayer
  let attentionNorm: LayerNormalization
  let inner: LinearLayer
  let outer: LinearLayer
  let outputNorm: LayerNormalization

  /// Its linear parts.
  var projections: [LinearLayer] { [query, key, value, output, inner, outer] }

  /// Which words a layer gives states for.
  enum Reach {
    /// [words, width].
    case all
    /// The first of each row, [rows, width]: where nobody reads the others, this is nearly for nothing.
    case firsts
  }

  func states(
    above x: Variable, _ rows: JoinedRows, _ reach: Reach, _ configuration: Encoder.Configuration,
    on tape: Tape
  ) -> Variable {
    let asking = reach == .all ? x : tape.firstOfEachRow(x, rows)
    let attended = attend(asking, x, rows, reach, configuration, on: tape)
    let inside = tape.linear(attended, inner, by: configuration.activation)
    let outside = tape.linear(inside, outer)
    tape.release(inside, after: outside)
    let result = tape.normalize(
      outside, adding: attended, dropProbability: configuration.dropout.hidden, by: outputNorm)
    tape.release(attended, after: result)
    return result
  }

  /// The first half of the layer, for the words in `asking`.
  private func attend(
    _ asking: Variable, _ x: Variable, _ rows: JoinedRows, _ reach: Reach,
    _ configuration: Encoder.Configuration, on tape: Tape
  ) -> Variable {
    let queries = tape.linear(asking, query)
    let found: Variable
    if reach == .firsts, !tape.isRecording, key.adapter == nil, value.adapter == nil {
      found = tape.attendFirsts(
        queries, over: x, key: key, value: value, in: rows, heads: configuration.headCount)
      tape.release(queries, after: found)
    } else {
      let keys = tape.linear(x, key)
      let values = tape.linear(x, value)
      found = tape.attend(
        queries, keys: keys, values: values, in: rows, heads: configuration.headCount,
        dropProbability: configuration.dropout.attention)
      tape.release(queries, keys, values, after: found)
    }
    let projected = tape.linear(found, output)
    tape.release(found, after: projected)
    return tape.normalize(
      projected, adding: asking,
      dropProbability: configuration.family == .bert ? configuration.dropout.hidden : 0,
      by: attentionNorm)
  }
}
