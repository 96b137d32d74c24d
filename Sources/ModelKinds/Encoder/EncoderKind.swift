import Chains
import Datasets
import Diagnostics
import Formats
import Models
import Pipelines
import Tensors
import Text

/// The pre-trained encoder as a kind of model: its options, its strategy and its configuration.
package struct EncoderKind: NetworkClassifierKind {
  package static let name = "encoder"
  package static let manual = """
    encoder is a BERT or DistilBERT that another program has trained, fine-tuned to tell classes.
    tokenize with rules = "wordpiece" and import-vocabulary make the rows that it reads; [CLS] and
    [SEP] come by themselves. strategy says what learns. full is the best with some thousand rows;
    head and lora keep the encoder and have a learning-rate of 1e-3 unless given, the others 1e-4.
    Adam corrects its bias, as Hugging Face's does; bias-correction = false is Google's. The best
    rates, 2 to 4 epochs, a warm-up and the decay of all but biases and norms are Devlin et al.'s.
    """

  /// Nil where nothing can be planned.
  private let folder: EncoderFolder?
  /// The configuration, still without the number of classes and the ids of special tokens.
  private let template: Encoder.Configuration
  package let training: ClassifierTraining

  package init(from options: inout StageOptions) {
    folder = EncoderFolder(from: &options)
    var template =
      folder?.configuration ?? Encoder.Configuration(vocabularySize: 1, classCount: 1)
    let (strategy, layerRate) = EncoderStrategy.read(from: &options)
    template.adapters = strategy.adapters
    template.pooling = options.choice(
      "pooling", default: template.pooling,
      "what the classes read: pooled, a dense layer of [CLS], as transformers has it; first, [CLS]"
        + " itself; mean, the mean of all words")
    let dropout = options.float(
      "dropout", default: Double(template.dropout.hidden), in: .from(0, below: 1),
      "the share dropped of states, of attention and of what the classes read; as the folder's"
        + " config.json says unless given")
    if options.isGiven("dropout") {
      template.dropout.hidden = dropout
      template.dropout.attention = dropout
      template.dropout.classifier = dropout
    }
    self.template = template
    let encoder = Encoder(template)
    training = ClassifierTraining(
      fineTuningFrom: &options, defaults: .encoder(template.family, strategy),
      strategy: strategy.rates(in: encoder, layerRate: layerRate), naming: { encoder.layout })
  }

  package func network(vocabularySize: Int, classCount: Int, padding: Int) -> Encoder {
    var configuration = template
    configuration.classCount = classCount
    return Encoder(configuration)
  }

  package func network(
    for rows: Dataset, numberedBy chain: TextChain, cores: Int
  ) throws(Diagnostic) -> Encoder {
    var configuration = template
    configuration.classCount = rows.classNames.count
    guard let folder else { preconditionFailure("planned without an encoder") }
    let vocabulary = try folder.vocabulary()
    try configuration.number(by: vocabulary, of: folder.path)
    guard vocabulary.lines == chain.vocabulary else {
      throw Diagnostic(.otherVocabulary(chain.entryCount, wanted: vocabulary.count))
    }
    return Encoder(configuration)
  }

  package func change(
    of network: Encoder, for rows: Dataset, numberedBy chain: TextChain, in work: StageWork
  ) -> BatchTraining.Change? {
    folder?.change(of: network, in: work)
  }

  package static func configuration(of network: Encoder) -> JSONValue {
    network.configuration.json
  }

  package static func network(_ json: JSONValue) -> Encoder? {
    Encoder.Configuration(json).map { Encoder($0) }
  }
}

extension TrainingDefaults {
  /// The settings of BERT (Devlin and others 2019), at the rate that small encoders take.
  fileprivate static func encoder(
    _ family: Encoder.Family, _ strategy: EncoderStrategy
  ) -> TrainingDefaults {
    var defaults = TrainingDefaults.classifier
    defaults.epochs = 4
    defaults.optimizer = .adamw
    defaults.weightDecay = 0.01
    defaults.undecayed = ["*.bias", family == .bert ? "*LayerNorm.weight" : "*layer_norm.weight"]
    defaults.learningRate = strategy.learningRate
    defaults.schedule = .linear
    defaults.warmupShare = 0.1
    return defaults
  }
}

extension Diagnostic.Message {
  fileprivate static func otherVocabulary(_ count: Int, wanted: Int) -> Self {
    Self(
      "the rows are numbered by a vocabulary of \(Spelling.count(count)) entries that is not the"
        + " encoder's, of \(Spelling.count(wanted))",
      remedy: "make it with import-vocabulary, format = \"encoder\" and path = the encoder's folder"
    )
  }
}
