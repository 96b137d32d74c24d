import Datasets
import Layers
import Models
import Tensors

/// The mean of a row's word vectors → classes: a classifier that this program does not ship.
struct BagOfWords: Classifier {
  let vocabularySize: Int
  let classCount: Int
  let width: Int
  let padding: Int
  var classWeights: [Float] = []
  let layout: ParameterLayout
  private let embedding: Parameter
  private let classes: (weight: Parameter, bias: Parameter)

  init(vocabularySize: Int, classCount: Int, width: Int, padding: Int) {
    self.vocabularySize = vocabularySize
    self.classCount = classCount
    self.width = width
    self.padding = padding
    var layout = ParameterLayout()
    embedding = layout.add(
      "embedding.weight", [vocabularySize, width], .normalExceptRow(padding, deviation: 0.1))
    classes = (
      layout.add("classes.weight", [classCount, width], .glorot),
      layout.add("classes.bias", [classCount], .constant(0))
    )
    self.layout = layout
  }

  func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    let packing = tape.pack(lengths: batch.lengths)
    let words = tape.embed(
      batch.tokens, width: batch.width, packing: packing, table: embedding, padding: padding)
    return tape.linear(
      tape.meanOverTime(words, packing: packing, lengths: batch.lengths), weight: classes.weight,
      bias: classes.bias)
  }
}
