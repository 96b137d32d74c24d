import Tensors

extension Encoder {
  package struct Configuration: Hashable, Sendable {
    package var family = Family.bert
    package var vocabularySize: Int
    package var classCount: Int
    /// Values of a word between layers.
    package var width = 384
    package var layerCount = 6
    /// Attention heads of a layer, which divide the width.
    package var headCount = 12
    /// Values of a word within the second half of a layer.
    package var innerWidth = 1536
    /// Words of the longest row, [CLS] and [SEP] included.
    package var positionCount = 512
    /// Kinds of words: of the first text of a row, and of the second; 0: no difference is made.
    package var segmentCount = 2
    package var activation = ActivationFunction.gelu
    /// Added to variances by layer normalisation.
    package var normEpsilon: Float = 1e-12
    /// Of weights that are drawn.
    package var initialDeviation: Float = 0.02
    package var dropout = Dropout()
    /// The ids of [PAD], of [CLS] before a row, and of [SEP] after it.
    package var padding = 0
    package var start = 101
    package var end = 102
    package var pooling = Pooling.pooled
    /// What is learnt beside weights that stay; nil: nothing is.
    package var adapters: LowRankAdapters?

    package init(vocabularySize: Int, classCount: Int) {
      self.vocabularySize = vocabularySize
      self.classCount = classCount
    }

    /// The tokens that a row may have without [CLS] and the closing [SEP]; what is beyond is not read.
    package var longestRow: Int { positionCount - 2 }
  }

  /// Whose names of parameters and whose details an encoder follows.
  package enum Family: String, CaseIterable, Hashable, Sendable {
    /// Devlin et al. 2019.
    case bert
    /// Sanh et al. 2019: no segments, no dropout after attention, ReLU before the classes.
    case distilBERT = "distilbert"
  }

  /// The shares of values that are dropped.
  package struct Dropout: Hashable, Sendable {
    /// Of the embeddings and of what each half of a layer gives.
    package var hidden: Float = 0.1
    /// Of the weights of attention.
    package var attention: Float = 0.1
    /// Of a row's vector, before the classes.
    package var classifier: Float = 0.1

    package init() {}
  }

  /// How the words of a row become one vector.
  package enum Pooling: String, CaseIterable, Hashable, Sendable {
    /// A dense layer of the first word, [CLS].
    case pooled
    /// The first word as it is.
    case first
    /// The mean of all words, [CLS] and [SEP] among them.
    case mean
  }

  /// Small matrices that are learnt in place of the weights they are added to.
  package struct LowRankAdapters: Hashable, Sendable {
    package var rank = 8
    /// `alpha / rank` is what their product is multiplied by.
    package var alpha: Float = 16
    package var projections: Set<Projection> = [.query, .value]

    package init() {}
  }

  /// The linear parts of a layer.
  package enum Projection: String, CaseIterable, Hashable, Sendable {
    case query
    case key
    case value
    /// What attention gives.
    case output
    /// Up to the inner width.
    case inner
    /// Back from it.
    case outer
  }
}
