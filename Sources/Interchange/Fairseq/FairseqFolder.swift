import Diagnostics
import ModelKinds
import Pipelines

/// The files of a model that fairseq trained, its weights converted to safetensors.
package struct FairseqFolder: Sendable {
  package let arguments: FairseqArguments
  package let weights: ExternalFile
  package let sourceDictionary: ExternalFile
  package let targetDictionary: ExternalFile
  /// The merges of each side, which may be one file for both; nil when tokens are whole words.
  package let sourceCodes: ExternalFile?
  package let targetCodes: ExternalFile?
  package let chain: ExternalFile?

  /// Declares the option `path`; nil when something is missing, which is reported.
  package init?(from options: inout StageOptions) {
    let found = options.folder(
      "path",
      "the folder: \(ModelFolder.weightsName), \(FairseqArguments.fileName), dict.SOURCE.txt and"
        + " dict.TARGET.txt, and codes when the model reads subwords")
    guard let folder = found else { return nil }
    func required(_ name: String, _ line: String) -> ExternalFile? {
      options.required(
        name, in: folder, line: line,
        remedy: "put it there; `millrace stages import-convs2s` lists what is wanted")
    }
    guard let file = required(FairseqArguments.fileName, "arguments") else { return nil }
    do throws(Diagnostic) {
      arguments = try FairseqArguments(contentsOf: file.path)
    } catch {
      options.reject(fileOf: "path", error, remedy: ModelFolder.remedy)
      return nil
    }
    guard let weights = required(ModelFolder.weightsName, "weights"),
      let source = required(Self.dictionaryName(arguments.sourceLanguage), "source-dictionary"),
      let target = required(Self.dictionaryName(arguments.targetLanguage), "target-dictionary")
    else { return nil }
    self.weights = weights
    sourceDictionary = source
    targetDictionary = target
    let shared = options.file(Self.codesName, in: folder, line: "codes")
    func codes(_ language: String, _ line: String) -> ExternalFile? {
      options.file("\(Self.codesName).\(language)", in: folder, line: line) ?? shared
    }
    sourceCodes = codes(arguments.sourceLanguage, "source-codes")
    targetCodes = codes(arguments.targetLanguage, "target-codes")
    chain = options.file(ModelFolder.chainName, in: folder, line: "chain")
  }

  static let codesName = "codes"

  static func dictionaryName(_ language: String) -> String { "dict.\(language).txt" }
}
