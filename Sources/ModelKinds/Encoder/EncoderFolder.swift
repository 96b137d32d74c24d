import Chains
import Diagnostics
import Files
import Formats
import Models
import Pipelines
import Tensors
import Text

/// The files of an encoder as Hugging Face writes it, as options of a stage that reads them.
package struct EncoderFolder: Sendable {
  private static let option = "folder"
  package static let configurationName = "config.json"

  /// What `config.json` says.
  package let configuration: Encoder.Configuration
  /// The names of its classes, by their numbers; empty when it says none.
  package let classNames: [String]
  private let folder: ExternalFolder
  private let description: ExternalFile
  private let weights: ExternalFile

  /// Declares and reads the option `folder`; nil when something is missing or not supported, which is
  /// reported.
  init?(from options: inout StageOptions) {
    let found = options.folder(
      Self.option,
      "the pre-trained encoder as Hugging Face writes it: \(Self.configurationName),"
        + " \(ModelFolder.weightsName), and tokenizer.json or vocab.txt")
    guard let found else { return nil }
    self.init(found, as: Self.option, from: &options)
  }

  /// Takes the files of a folder; nil when something is missing or not supported, which is reported.
  ///
  /// - Parameter option: the option that names the folder.
  package init?(_ folder: ExternalFolder, as option: String, from options: inout StageOptions) {
    func required(_ name: String, line: String) -> ExternalFile? {
      options.required(
        name, in: folder, line: line,
        remedy: "give the folder of an encoder as Hugging Face writes it, weights as safetensors")
    }
    guard let description = required(Self.configurationName, line: "encoder-configuration"),
      let weights = required(ModelFolder.weightsName, line: "encoder-weights")
    else { return nil }
    do throws(Diagnostic) {
      let json = try JSONValue(
        parsing: InputFile.contents(of: description.path, atMost: 1 << 20), file: description.path)
      configuration = try Encoder.Configuration(huggingFace: json, file: description.path)
      let numbered = (json["id2label"]?.objectValue ?? []).compactMap { member in
        Int(member.name).flatMap { id in member.value.stringValue.map { (id, $0) } }
      }
      classNames = numbered.sorted { $0.0 < $1.0 }.map(\.1)
    } catch {
      options.reject(fileOf: option, error, remedy: EncoderTokenizer.remedy)
      return nil
    }
    (self.folder, self.description, self.weights) = (folder, description, weights)
    EncoderTokenizer.take(filesOf: folder, as: option, in: &options)
  }

  package var path: String { folder.path }

  /// The bytes of the tokenizer's files, by their names.
  package func tokenizerFiles() throws(Diagnostic) -> [(name: String, bytes: [UInt8])] {
    try EncoderTokenizer.files(among: folder.names, of: folder.path).map {
      name throws(Diagnostic) in
      (name, try InputFile.contents(of: "\(folder.path)/\(name)", atMost: 64 << 20))
    }
  }

  /// The encoder's vocabulary, which must be that of the rows.
  package func vocabulary() throws(Diagnostic) -> Vocabulary {
    let tokenizer = try EncoderTokenizer(folder.path) { name throws(Diagnostic) in
      guard folder.names.contains(name) else { return nil }
      return try InputFile.contents(of: "\(folder.path)/\(name)", atMost: 64 << 20)
    }
    return Vocabulary(tokenizer.entries)
  }

  /// The encoder with its classes, as it was fine-tuned.
  ///
  /// - Throws: when it has no classes, or they have no names.
  package func classifier() throws(Diagnostic) -> (encoder: Encoder, weights: ParameterBuffer) {
    guard classNames.count == configuration.classCount else {
      throw Diagnostic(.unnamedClasses(description.path))
    }
    return try read(configuration, head: .read)
  }

  /// The encoder without classes, which makes vectors of rows.
  package func rowEncoder(
    pooledBy pooling: Encoder.Pooling, in precision: Precision = .float32
  ) throws(Diagnostic) -> RowEncoder {
    var configuration = configuration
    configuration.pooling = pooling
    let (encoder, weights) = try read(configuration, head: .unused)
    return try RowEncoder(encoder, weights, in: precision)
  }

  private func read(
    _ configuration: Encoder.Configuration, head: EncoderTensors.Head
  ) throws(Diagnostic) -> (encoder: Encoder, weights: ParameterBuffer) {
    var configuration = configuration
    try configuration.number(by: vocabulary(), of: path)
    let encoder = Encoder(configuration)
    let read = try EncoderTensors(SafetensorsFile(reading: weights.path)).parameters(
      for: encoder, head: head, drawnFrom: RandomSource(seed: 0))
    return (encoder, read.weights)
  }

  /// Throws when a file that is read was changed meanwhile.
  package func checkUnchanged(in work: StageWork) throws(Diagnostic) {
    for file in [description, weights] { try work.checkUnchanged(file) }
  }

  /// What gives drawn weights of an encoder those of the folder.
  func change(of encoder: Encoder, in work: StageWork) -> BatchTraining.Change {
    { (drawn, random) throws(Diagnostic) in
      let read = try EncoderTensors(SafetensorsFile(reading: weights.path)).parameters(
        for: encoder, head: .drawn, drawnFrom: random.stream("weights"))
      try checkUnchanged(in: work)
      drawn.flat.copy(from: read.weights.flat)
      work.note("drawn", .array(read.drawn.map { .string($0) }))
      return true
    }
  }
}

extension Encoder.Configuration {
  /// Takes the ids of [CLS] and [SEP] from the encoder's vocabulary.
  ///
  /// - Parameter folder: the name that errors give.
  mutating func number(by vocabulary: Vocabulary, of folder: String) throws(Diagnostic) {
    try requireVocabulary(count: vocabulary.count, file: folder)
    guard vocabulary.id(of: .padding) == padding, let first = vocabulary.id(of: .start),
      let last = vocabulary.id(of: .end)
    else { throw Diagnostic(.otherPadding(folder, padding)) }
    (start, end) = (first, last)
  }
}

extension Diagnostic.Message {
  fileprivate static func unnamedClasses(_ file: String) -> Self {
    Self(
      "'\(file)' does not name the classes of a classifier (id2label)",
      remedy: "give the folder of a model that was fine-tuned to tell classes")
  }

  fileprivate static func otherPadding(_ folder: String, _ id: Int) -> Self {
    Self(
      "the vocabulary of '\(folder)' has another entry than [PAD] at \(id), its pad_token_id",
      remedy: EncoderTokenizer.remedy)
  }
}
