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

  /// Declares the option `path`; nil when something is missing, which is reported.
  package init?(from options: inout StageOptions) {
    let found = options.folder(
      "path",
      "the folder: \(ModelFolder.weightsName), \(ClassifierFolder.descriptionName) and"
        + " \(ModelFolder.chainName)")
    guard let folder = found else { return nil }
    var files: [ExternalFile] = []
    for (name, line) in [
      (ModelFolder.weightsName, "weights"), (ClassifierFolder.descriptionName, "description"),
      (ModelFolder.chainName, "chain"),
    ] {
      guard let file = options.file(name, in: folder, line: line) else {
        options.reject("path", .missingFile(name, folder.path, of: "import-model"))
        return nil
      }
      files.append(file)
    }
    do throws(Diagnostic) {
      description = try ClassifierDescription(contentsOf: files[1].path)
    } catch {
      options.reject("path", error.message)
      return nil
    }
    (weights, chain, all) = (files[0], files[2], files)
  }
}
