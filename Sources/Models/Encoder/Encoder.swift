import Datasets
import Layers
import Tensors

/// Embeddings → layers of attention → a row's vector → classes: BERT.
///
/// By Devlin, Chang, Lee and Toutanova (2019). Parameters bear the names and shapes of Hugging Face's transformers.
package struct Encoder: Classifier {
  package let configuration: Configuration
  package var classWeights: [Float]
  let parameters: EncoderParameters

  package init(_ configuration: Configuration, classWeights: [Float] = []) {
    precondition(
      configuration.layerCount > 0 && configuration.width % configuration.headCount == 0
        && configuration.positionCount > 2,
      "\(configuration.layerCount) layers, \(configuration.headCount) heads of a width of "
        + "\(configuration.width), \(configuration.positionCount) positions")
    self.configuration = configuration
    self.classWeights = classWeights
    parameters = EncoderParameters(configuration)
  }

  package var layout: ParameterLayout { parameters.layout }
  package var packedLayers: [LinearLayer] {
    parameters.layers.flatMap(\.projections)
      + [parameters.pooler, parameters.classes].compactMap(\.self)
  }
  package var vocabularySize: Int { configuration.vocabularySize }
  package var padding: Int { configuration.padding }
  package var classCount: Int { configuration.classCount }
  package var longestRow: Int { configuration.longestRow }

  /// What each layer reads, makes queries, keys and values of and finds, what comes of both halves and
  /// is within; and the gradients of one layer.
  package var floatsPerToken: Int {
    let layer = 8 * configuration.width + 2 * configuration.innerWidth
    return layer * (configuration.layerCount + 1)
  }

  package func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    logits(of: rows(batch, on: tape), on: tape)
  }

  /// [rows × classes] of rows that have [CLS] and [SEP].
  package func logits(of rows: EncoderRows, on tape: Tape) -> Variable {
    let vectors = vectors(of: rows, by: configuration.pooling, on: tape)
    return tape.linear(
      tape.dropout(vectors, dropProbability: configuration.dropout.classifier),
      parameters.classes)
  }

  /// [words × width] the states after the embeddings and after each layer, row after row.
  package func hiddenStates(of rows: EncoderRows, on tape: Tape) -> [Variable] {
    var states = [parameters.embeddings.states(of: rows, configuration, on: tape)]
    for layer in parameters.layers {
      states.append(
        layer.states(above: states[states.count - 1], rows.words, .all, configuration, on: tape))
    }
    return states
  }

  /// [rows × width] one vector for each row.
  ///
  /// - Parameter pooling: `pooled` only if that is the network's own.
  package func vectors(of rows: EncoderRows, by pooling: Pooling, on tape: Tape) -> Variable {
    var states = parameters.embeddings.states(of: rows, configuration, on: tape)
    for (place, layer) in parameters.layers.enumerated() {
      let isLast = place == parameters.layers.count - 1
      let above = layer.states(
        above: states, rows.words, isLast && pooling != .mean ? .firsts : .all, configuration,
        on: tape)
      tape.release(states, after: above)
      states = above
    }
    switch pooling {
    case .first: return states
    case .mean: return tape.meanOfEachRow(states, rows.words)
    case .pooled:
      guard let pooler = parameters.pooler else {
        preconditionFailure("a network whose rows are not pooled has no dense layer for it")
      }
      return tape.linear(
        states, pooler, by: configuration.family == .bert ? .tanh : .relu)
    }
  }
}

extension Encoder {
  /// [rows × width] the vectors of rows, valid until the tape's next step.
  ///
  /// - Parameter pooling: `pooled` only if that is the network's own.
  package func features(
    of batch: ClassificationBatch, by pooling: Pooling, with weights: InferenceWeights,
    on tape: Tape
  ) -> Tensor {
    tape.begin(weights)
    return vectors(of: rows(batch, on: tape), by: pooling, on: tape).value
  }

  /// Where a parameter lies: 0 for the embeddings, 1… for the layers, and one more for what is after.
  package func depth(of name: String) -> Int {
    let names = EncoderNames(family: configuration.family)
    if name.hasPrefix(names.embedding("")) { return 0 }
    for layer in 0..<configuration.layerCount where name.hasPrefix(names.layer(layer)) {
      return layer + 1
    }
    return configuration.layerCount + 1
  }
}
