import Datasets
import Layers
import Tensors

/// A model that gives each row a score for each class.
package protocol Classifier: Model where Batch == ClassificationBatch {
  /// How many token ids it has embeddings for.
  var vocabularySize: Int { get }
  /// The id of padding.
  var padding: Int { get }
  var classCount: Int { get }
  /// The most tokens of a row that it reads.
  var longestRow: Int { get }
  /// How much a row of each class counts in the loss; empty when all count the same.
  var classWeights: [Float] { get set }

  /// The parameters with a row for each part of the input.
  var inputTables: [ParameterLayout.Entry] { get }
  /// The parts of a row of ids that have a row of their own in these tables: each word, unless the
  /// network reads something else of them; nil where parts have no names.
  func inputParts(of ids: [Int32]) -> [InputPart]?

  /// [rows × classes] unnormalised log-probabilities.
  func logits(of batch: Batch, on tape: Tape) -> Variable
}

extension Classifier {
  package var longestRow: Int { .max }
  package var inputTables: [ParameterLayout.Entry] { layout.wordTables }

  package func inputParts(of ids: [Int32]) -> [InputPart]? { InputPart.words(of: ids) }

  package func loss(of batch: Batch, on tape: Tape) -> Loss {
    tape.crossEntropy(
      logits(of: batch, on: tape), labels: batch.labels, classWeights: classWeights)
  }

  /// [rows × classes] probabilities, valid until the tape's next step.
  package func predict(_ batch: Batch, with weights: InferenceWeights, on tape: Tape) -> Tensor {
    tape.begin(weights)
    return tape.softmax(logits(of: batch, on: tape))
  }
}
