import Diagnostics
import Files
import Formats
import Models
import Pipelines
import Tensors

/// The files of a pre-trained encoder, as options of a stage that reads them.
struct EncoderFolder: Sendable {
  private static let option = "folder"
  private static let configurationName = "config.json"

  /// What `config.json` says.
  let configuration: Encoder.Configuration
  private let description: ExternalFile
  private let weights: ExternalFile

  /// Declares and reads the option; nil when something is missing or not supported, which is reported.
  init?(from options: inout StageOptions) {
    let found = options.folder(
      Self.option,
      "the pre-trained encoder as Hugging Face writes it: \(Self.configurationName) and"
        + " \(ModelFolder.weightsName)")
    guard let folder = found else { return nil }
    func file(_ name: String, line: String) -> ExternalFile? {
      if let file = options.file(name, in: folder, line: line) { return file }
      options.reject(Self.option, .missing(name, folder.path))
      return nil
    }
    guard let description = file(Self.configurationName, line: "encoder-configuration"),
      let weights = file(ModelFolder.weightsName, line: "encoder-weights")
    else { return nil }
    do throws(Diagnostic) {
      let json = try JSONValue(
        parsing: InputFile.contents(of: description.path, atMost: 1 << 20), file: description.path)
      configuration = try Encoder.Configuration(huggingFace: json, file: description.path)
    } catch {
      options.reject(Self.option, error.message)
      return nil
    }
    (self.description, self.weights) = (description, weights)
  }

  /// What gives drawn weights of an encoder those of the folder.
  func change(of encoder: Encoder, in work: StageWork) -> BatchTraining.Change {
    { (drawn, random) throws(Diagnostic) in
      let read = try EncoderTensors(SafetensorsFile(reading: weights.path)).parameters(
        for: encoder, head: .drawn, drawnFrom: random.stream("weights"))
      for file in [description, weights] { try work.checkUnchanged(file) }
      drawn.flat.copy(from: read.weights.flat)
      work.note("drawn", .array(read.drawn.map { .string($0) }))
      return true
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func missing(_ name: String, _ folder: String) -> Self {
    Self(
      "the folder '\(folder)' has no file '\(name)'",
      remedy: "give the folder of an encoder as Hugging Face writes it, weights as safetensors")
  }
}
