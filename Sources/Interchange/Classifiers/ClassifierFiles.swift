import Diagnostics
import ModelKinds
import Pipelines

/// The files of an exported classifier, as options of a stage that reads them.
package struct ClassifierFiles: Sendable {
  package let description: ClassifierDescription
  package let weights: ExternalFile
  package let chain: ExternalFile
  /// All that are read.
  package let all: [ExternalFile]

  /// Takes the files of the folder that the option `path` names; nil when something is missing, which is
  /// reported.
  package init?(_ folder: ExternalFolder, from options: inout StageOptions) {
    func required(_ name: String, _ line: String) -> ExternalFile? {
      options.required(
        name, in: folder, line: line,
        remedy: "put it there; `millrace stages import-model` lists what is wanted")
    }
    guard let weights = required(ModelFolder.weightsName, "weights"),
      let described = required(ClassifierFolder.descriptionName, "description"),
      let chain = required(ModelFolder.chainName, "chain")
    else { return nil }
    do throws(Diagnostic) {
      description = try ClassifierDescription(contentsOf: described.path)
    } catch {
      options.reject(fileOf: "path", error, remedy: ModelFolder.remedy)
      return nil
    }
    (self.weights, self.chain, all) = (weights, chain, [weights, described, chain])
  }
}
