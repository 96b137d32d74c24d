import Chains
import Diagnostics
import Files
import Formats
import ModelKinds
import Models
import Text
import Training

/// A trained translator as a folder that fairseq's tools, and `import-convs2s`, can read.
package struct FairseqExport: ModelExport {
  package static func isFor(_ kind: any ModelKind.Type) -> Bool { kind == ConvS2SKind.self }

  private let model: TranslationModel

  package init(_ model: StoredModel) throws(Diagnostic) { self.model = try model.translator() }

  package static func isWritten(_ name: String) -> Bool {
    [
      ModelFolder.weightsName, ModelFolder.chainName, FairseqArguments.fileName,
      FairseqScript.fileName,
    ].contains(name)
      || name.hasPrefix("\(FairseqFolder.codesName).")
      || name.hasPrefix("dict.") && name.hasSuffix(".txt")
  }

  package func write(to folder: String) throws(Diagnostic) -> [String] {
    var folder = try ExportFolder(folder)
    let source = try Vocabulary(lines: model.source.vocabulary.span, file: model.name)
    let target = try Vocabulary(lines: model.target.vocabulary.span, file: model.name)
    let orders = (source: FairseqOrder(source), target: FairseqOrder(target))
    let configuration = model.model.configuration
    var shape = configuration
    (shape.padding, shape.end, shape.unknown) =
      (FairseqOrder.padding, FairseqOrder.end, FairseqOrder.unknown)
    shape.sourceVocabularySize = orders.source.ids.count
    shape.targetVocabularySize = orders.target.ids.count
    shape.positionCount += max(0, FairseqOrder.padding - configuration.padding)
    let weights = model.weights.reordered(
      from: configuration, to: ConvS2S(shape), source: orders.source, target: orders.target)
    let languages = languages
    try folder.write(ModelFolder.weightsName) { (file) throws(Diagnostic) in
      try weights.write(into: &file)
    }
    let arguments = FairseqArguments(
      shape: shape, sourceLanguage: languages.source, targetLanguage: languages.target)
    try folder.write(FairseqArguments.fileName, arguments.json)
    var chains: [TextChain] = []
    for (chain, vocabulary, language) in [
      (model.source, source, languages.source), (model.target, target, languages.target),
    ] {
      let dictionary = vocabulary.fairseqDictionary(multiple: 1)
      try folder.write(FairseqFolder.dictionaryName(language), dictionary)
      if let codes = chain.codes {
        try folder.write("\(FairseqFolder.codesName).\(language)", codes)
      }
      let reordered = try Vocabulary(fairseqDictionary: dictionary.span, file: model.name)
      chains.append(
        TextChain(steps: chain.steps, vocabulary: reordered.lines, column: chain.column))
    }
    let texts = ModelTexts.translation(source: chains[0], target: chains[1])
    try folder.write(ModelFolder.chainName) { (file) throws(Diagnostic) in
      try texts.writeChains(into: &file)
    }
    try folder.write(FairseqScript.fileName, Array(FairseqScript.text.utf8))
    return folder.names
  }

  /// What the files of each side are called after: the languages of its tokenizer, if they differ.
  private var languages: (source: String, target: String) {
    if let source = model.source.language, let target = model.target.language, source != target {
      return (source, target)
    }
    return ("source", "target")
  }
}

extension TextChain {
  /// The merges that cut its tokens into subwords.
  fileprivate var codes: [UInt8]? {
    steps.first { $0.type is any CutsTokens.Type }?.resources.first { $0.name == "merges" }?.bytes
  }

  /// The language whose Moses rules it follows.
  fileprivate var language: String? {
    steps.lazy.compactMap { ($0.recalled as? any FollowsMoses)?.mosesLanguage?.rawValue }.first
  }
}
