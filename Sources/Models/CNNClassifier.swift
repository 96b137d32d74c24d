import Datasets
import Layers
import Tensors

/// Embedding → filters over windows of words → the largest answer of each → classes (Kim 2014).
///
/// Parameters bear PyTorch's names and shapes.
package struct CNNClassifier: Classifier {
  package struct Configuration: Hashable, Sendable {
    package var vocabularySize: Int
    package var classCount: Int
    package var embeddingWidth = 128
    /// The words that each kind of filter reads.
    package var filterWidths = [3, 4, 5]
    /// Filters of each width.
    package var mapCount = 100
    /// Whether filters read, beside the vectors of words that are learnt, others that stay as they
    /// start.
    package var isMultichannel = false
    /// Of the largest answers.
    package var dropProbability: Float = 0
    /// The largest norm of a class's weights; nil: there is no limit.
    package var largestNorm: Float?
    package var padding = 0

    package init(vocabularySize: Int, classCount: Int) {
      self.vocabularySize = vocabularySize
      self.classCount = classCount
    }
  }

  package let configuration: Configuration
  package var classWeights: [Float]
  package let layout: ParameterLayout
  private let embedding: Parameter
  /// The vectors that stay as they start.
  private let constant: Parameter?
  private let filters: [WindowFilters]
  private let classes: (weight: Parameter, bias: Parameter)

  package init(_ configuration: Configuration, classWeights: [Float] = []) {
    precondition(!configuration.filterWidths.isEmpty, "a network without filters")
    self.configuration = configuration
    self.classWeights = classWeights
    var layout = ParameterLayout()
    embedding = layout.add(
      "embedding.weight", [configuration.vocabularySize, configuration.embeddingWidth],
      .normalExceptRow(configuration.padding, deviation: 0.1))
    constant =
      configuration.isMultichannel
      ? layout.add(
        "static.weight", [configuration.vocabularySize, configuration.embeddingWidth],
        .normalExceptRow(configuration.padding, deviation: 0.1), isLearnt: false) : nil
    let channels = configuration.embeddingWidth * (configuration.isMultichannel ? 2 : 1)
    filters = configuration.filterWidths.enumerated().map { place, width in
      WindowFilters(
        weight: layout.add(
          "convolutions.\(place).weight",
          [configuration.mapCount, channels, width], .glorot),
        bias: layout.add(
          "convolutions.\(place).bias", [configuration.mapCount], .constant(0)))
    }
    classes = layout.addLinear(
      "classes", from: configuration.mapCount * filters.count, to: configuration.classCount)
    self.layout = layout
  }

  package var vocabularySize: Int { configuration.vocabularySize }
  package var padding: Int { configuration.padding }
  package var classCount: Int { configuration.classCount }
  package var packedFilters: [[WindowFilters]] { [filters] }

  /// The vectors of the words and their gradients, and the answers of all filters.
  package var floatsPerToken: Int {
    (configuration.isMultichannel ? 7 : 2) * configuration.embeddingWidth
      + configuration.mapCount * filters.count
  }

  package func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    let rows = tape.join(
      batch.tokens, width: batch.width, lengths: batch.lengths,
      atLeast: configuration.filterWidths.max() ?? 1, padding: configuration.padding)
    var words = tape.embed(rows, table: embedding, padding: configuration.padding)
    if let constant {
      words = tape.beside(
        words, tape.embed(rows, table: constant, padding: configuration.padding))
    }
    // Of the largest answer, since ReLU keeps the order and costs less here.
    let answers = tape.activate(
      tape.largestAnswers(to: words, in: rows, filters: filters), by: .relu)
    return tape.linear(
      tape.dropout(answers, dropProbability: configuration.dropProbability),
      weight: classes.weight, bias: classes.bias)
  }

  package func constrain(_ parameters: ParameterBuffer) {
    if let limit = configuration.largestNorm {
      limitRows(of: parameters[classes.weight], toNorm: limit)
    }
  }
}
