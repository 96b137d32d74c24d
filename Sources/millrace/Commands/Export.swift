import Diagnostics
import Files
import Formats
import ModelKinds
import Pipelines
import Stages

/// `export`: a trained model as a folder for other programs.
struct Export: Command {
  static let name = "export"
  static let summary = "write a trained model as a folder for Python or fairseq"
  static let usage = "FILE [STAGE] --to FOLDER"
  static let places = WordPlaces([.file], [.modelStage])
  static let details = """
    A classifier becomes model.safetensors under PyTorch's names, vocabulary.json, model.json and
    load.py, which gives its probabilities; `import-model` reads the folder. A fine-tuned encoder
    becomes what transformers loads, its adapters, if it has any, added to the weights and, in a
    folder `adapter`, as PEFT loads them; `import-model` reads that too. A translator becomes
    fairseq's files and fairseq.py, which makes its .pt of them; `import-convs2s` reads those.
    """
  static let example = "millrace export pipelines/translate-en-fr.toml --to exported"
  static let folder = CommandOption(
    "--to", "FOLDER", .file, "where to write: a new folder, or that of an earlier export")
  static let options: [CommandOption] = [folder, .set, .point, .asTrained, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]
  private let folder: String

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...2)
    guard let folder = arguments.value(Self.folder) else { throw Diagnostic(.noFolderGiven) }
    self.folder = folder
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let trained = try TrainedModel(words, arguments, until: interruption)
    let model = try StoredModel(trained.file, named: trained.stage, in: .standard)
    let export = try model.export
    let strangers = try Folder.names(in: folder).filter { !export.isWritten($0) }
    guard strangers.isEmpty else { throw Diagnostic(.otherFiles(strangers, in: folder)) }
    let names = try export.init(model).write(to: folder)
    if arguments.has(.json) {
      let json: JSONValue = [
        "folder": .string(folder), "files": .array(names.map { .string($0) }),
      ]
      Terminal.output.line(json.compact)
    } else {
      Terminal.output.line("\(folder): \(names.joined(separator: ", "))")
    }
    return .fine
  }
}

extension Diagnostic.Message {
  fileprivate static func otherFiles(_ names: [String], in folder: String) -> Self {
    let more = names.count > 3 ? ", …" : ""
    return Self(
      "'\(folder)' holds other files: \(names.prefix(3).joined(separator: ", "))\(more)",
      remedy: "name a folder that is not there yet, or that of an earlier export")
  }

  fileprivate static let noFolderGiven = Self(
    "export needs a folder to write to", remedy: "add --to FOLDER")
}
