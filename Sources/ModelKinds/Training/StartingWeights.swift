import Chains
import Diagnostics
import Formats
import Pipelines
import Tensors
import Training

/// Weights that a training starts from instead of drawn ones: a model's, or those of a folder.
struct StartingWeights: Sendable {
  private enum Source: Sendable {
    case model(StageInput)
    /// A file of tensors and, if the folder has it, the file of the chains with the vocabularies.
    case folder(tensors: ExternalFile, chains: ExternalFile?)
  }

  private static let folderOption = "start-folder"

  private let source: Source

  /// Declares and reads the options; nil when weights are drawn.
  init?(from options: inout StageOptions) {
    let model = options.optionalInput(
      "start", .model, unset: "none: weights are drawn",
      "a model whose weights training starts from")
    let folder = options.optionalFolder(
      Self.folderOption, unset: "none",
      "the same from a folder with \(ModelFolder.weightsName), its tensors named and shaped as the model's"
    )
    if model != nil, folder != nil { options.reject(Self.folderOption, .twoStarts) }
    if let model {
      source = .model(model)
    } else if let folder {
      guard
        let tensors = options.file(
          ModelFolder.weightsName, in: folder, line: Self.folderOption)
      else {
        options.reject(Self.folderOption, .noTensors(folder.path))
        return nil
      }
      source = .folder(
        tensors: tensors,
        chains: options.file(ModelFolder.chainName, in: folder, line: "start-chains"))
    } else {
      return nil
    }
  }

  /// The weights, for a model of that layout.
  ///
  /// - Parameter artifact: what is to be trained.
  /// - Throws: when vocabularies, names or shapes differ.
  func read(
    _ layout: ParameterLayout, of artifact: ModelArtifact, in work: StageWork
  ) throws(Diagnostic) -> ParameterBuffer {
    switch source {
    case .model(let input):
      let file = try SafetensorsFile(try work.map(input))
      return try read(
        file, numbering: ModelTexts(in: file, stages: .none), named: "\(input.source)", layout,
        artifact, work)
    case .folder(let tensors, let chains):
      let file = try SafetensorsFile(reading: tensors.path)
      var texts = ModelTexts(in: file, stages: .none)
      if let chains {
        texts = try ModelTexts(chains: SafetensorsFile(reading: chains.path), stages: .none)
        try work.checkUnchanged(chains)
      }
      let weights = try read(file, numbering: texts, named: tensors.path, layout, artifact, work)
      try work.checkUnchanged(tensors)
      return weights
    }
  }

  private func read(
    _ file: SafetensorsFile, numbering texts: ModelTexts?, named name: String,
    _ layout: ParameterLayout, _ artifact: ModelArtifact, _ work: StageWork
  ) throws(Diagnostic) -> ParameterBuffer {
    if let texts {
      guard texts.source.vocabulary == artifact.texts.source.vocabulary,
        texts.target?.vocabulary == artifact.texts.target?.vocabulary
      else { throw Diagnostic(.otherWords(name)) }
      if texts.classNames != artifact.texts.classNames {
        work.warn(.otherClasses(name, texts.classNames))
      }
    }
    let misfits = layout.misfits(in: file)
    guard misfits.isEmpty else { throw Diagnostic(.otherParameters(name, misfits)) }
    return try ParameterBuffer(layout, from: file)
  }
}

extension StageCatalog {
  /// Enough for chains whose vocabularies are compared and whose steps nobody takes.
  fileprivate static let none = StageCatalog([])
}

extension ParameterLayout {
  /// The differences between these parameters and the tensors of a file, in words.
  fileprivate func misfits(in file: SafetensorsFile) -> [String] {
    let own = entries.compactMap { entry -> String? in
      guard let tensor = file[entry.name] else { return "'\(entry.name)' is missing" }
      if tensor.elementType != .float32 {
        return "'\(entry.name)' is \(tensor.elementType.rawValue), not F32"
      }
      return tensor.shape == entry.shape.extents
        ? nil : "'\(entry.name)' is \(tensor.shape), not \(entry.shape)"
    }
    // Tensors of bytes hold chains.
    let others = file.entries.filter { $0.elementType != .uint8 && self[$0.name] == nil }
    return own + others.map { "there is '\($0.name)' besides" }
  }
}

extension Diagnostic.Message {
  fileprivate static let twoStarts = Self(
    "training cannot start from a model and from a folder", remedy: "leave out one of them")

  fileprivate static func noTensors(_ folder: String) -> Self {
    Self(
      "the folder '\(folder)' has no file '\(ModelFolder.weightsName)'",
      remedy: "write the weights there as safetensors, under the model's own names")
  }

  fileprivate static func otherWords(_ name: String) -> Self {
    Self(
      "'\(name)' numbers words otherwise: it was trained with another vocabulary",
      remedy: "binarize these rows with the vocabulary of those it was trained on")
  }

  fileprivate static func otherClasses(_ name: String, _ classes: [String]) -> Self {
    Self(
      "the classes of '\(name)' are others: \(classes.prefix(8).joined(separator: ", "))",
      remedy: "make sure that training goes on long enough for the new ones")
  }

  fileprivate static func otherParameters(_ name: String, _ misfits: [String]) -> Self {
    let shown = misfits.prefix(5).joined(separator: ", ")
    let more = misfits.count > 5 ? ", and \(misfits.count - 5) more" : ""
    return Self(
      "the weights of '\(name)' are not this model's: \(shown)\(more)",
      remedy: "give both models the same options; `millrace show` lists the parameters of one")
  }
}
