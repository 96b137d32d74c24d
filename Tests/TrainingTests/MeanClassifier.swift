import Datasets
import Layers
import Models
import Tensors

/// The smallest model that learns from tokens: the mean of their embeddings → dropout → classes.
struct MeanClassifier: Classifier {
  let layout: ParameterLayout
  let vocabularySize: Int
  let padding = 0
  let classCount: Int
  var classWeights: [Float] = []
  private let table: Parameter
  private let classes: (weight: Parameter, bias: Parameter)
  private let dropProbability: Float

  init(vocabularySize: Int, classCount: Int, width: Int = 8, dropProbability: Float = 0) {
    var layout = ParameterLayout()
    table = layout.add("table", [vocabularySize, width], .normal(deviation: 0.5))
    classes = (
      layout.add("classes.weight", [classCount, width], .glorot),
      layout.add("classes.bias", [classCount], .constant(0))
    )
    self.layout = layout
    self.vocabularySize = vocabularySize
    self.classCount = classCount
    self.dropProbability = dropProbability
  }

  func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    let packing = tape.pack(lengths: batch.lengths)
    let embedded = tape.embed(
      batch.tokens, width: batch.width, packing: packing, table: table, padding: padding)
    let mean = tape.meanOverTime(embedded, packing: packing, lengths: batch.lengths)
    return tape.linear(
      tape.dropout(mean, dropProbability: dropProbability), weight: classes.weight,
      bias: classes.bias)
  }
}
