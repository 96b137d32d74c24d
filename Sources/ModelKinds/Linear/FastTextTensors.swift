import Artifacts
import Diagnostics
import Files
import Formats
import LinearModels
import Text

/// A fastText model with what its inputs stand for, as an artifact holds it.
package struct FastTextTensors: ModelTensors {
  private static let inputWeights = "inputs.weight"
  private static let classWeights = "classes.weight"

  let model: FastTextModel
  let inputs: FastTextInputs

  init(model: FastTextModel, inputs: FastTextInputs) {
    self.model = model
    self.inputs = inputs
  }

  var configuration: JSONValue {
    let options = inputs.options
    var members: [JSONValue.Member] = [
      .init("vocabulary", .integer(inputs.wordCount)), .init("classes", .integer(model.classCount)),
      .init("width", .integer(model.width)), .init("ngrams", .integer(options.longestNGram)),
      .init("buckets", .integer(options.bucketCount)),
    ]
    if let lengths = options.characters {
      members.append(
        .init(
          "character-ngrams", [.integer(lengths.lowerBound), .integer(lengths.upperBound)]))
    }
    return .object(members)
  }

  package var declarations: [SafetensorsWriter.Declaration] {
    [
      .init(Self.inputWeights, .float32, shape: [inputs.count, model.width]),
      .init(Self.classWeights, .float32, shape: [model.classCount, model.width]),
    ]
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    try draft.write(
      elements: name == Self.inputWeights ? model.inputValues : model.outputValues)
  }

  /// Reads it back.
  ///
  /// - Throws: when the configuration and the tensors do not belong together.
  init(_ stored: StoredModel, _ vocabulary: Vocabulary) throws(Diagnostic) {
    let json = stored.configuration
    guard let classes = json.size("classes"), let width = json.size("width"),
      let longest = json.size("ngrams"), longest <= 8, let buckets = json.size("buckets")
    else { throw Diagnostic(.misshapen(stored)) }
    var characters: ClosedRange<Int>?
    if let lengths = json["character-ngrams"]?.arrayValue?.compactMap({ $0.size() }) {
      guard lengths.count == 2, lengths[0] <= lengths[1], lengths[1] <= 16 else {
        throw Diagnostic(.misshapen(stored))
      }
      characters = lengths[0]...lengths[1]
    }
    let (vectors, classVectors) = try (
      stored.tensors.entry(Self.inputWeights, of: .float32),
      stored.tensors.entry(Self.classWeights, of: .float32)
    )
    guard vectors.shape == [vocabulary.count + buckets, width],
      classVectors.shape == [classes, width]
    else { throw Diagnostic(.misshapen(stored)) }
    inputs = FastTextInputs(
      vocabulary,
      FastTextInputs.Options(
        bucketCount: buckets, longestNGram: longest, characters: characters))
    model = FastTextModel(
      width: width, inputs: try stored.tensors.values(Self.inputWeights),
      outputs: try stored.tensors.values(Self.classWeights))
  }
}
