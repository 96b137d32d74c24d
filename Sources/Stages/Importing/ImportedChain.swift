import Chains
import Diagnostics
import Pipelines
import Text

/// The options by which raw text becomes tokens for a model that was imported without its chain.
struct ImportedChain: Sendable {
  private enum Rules: String, CaseIterable {
    case none, moses
  }

  private let rules: Rules
  private let lowercases: Bool
  private let normalizes: Bool
  private let splitsHyphens: Bool
  private let escapes: Bool

  init(from options: inout StageOptions) {
    rules = options.choice(
      "rules", default: .none,
      "how raw text is tokenized before merges: none when texts are tokenized already")
    let moses = OptionCondition("rules", rules, isOneOf: [.moses])
    (lowercases, normalizes, splitsHyphens, escapes) = options.under(moses) { options in
      (
        options.flag(
          "lowercase", default: false, "for moses: as lowercase.perl does, before anything else"),
        options.flag(
          "normalize", default: false, "for moses: as normalize-punctuation.perl does"),
        options.flag("aggressive", default: false, "for moses: cut a-b into a @-@ b"),
        options.flag("escape", default: true, "for moses: write & | < > ' \" [ ] as entities")
      )
    }
  }

  /// - Parameters:
  ///   - codes: the bytes of the merges; nil when tokens are whole words.
  ///   - language: whose Moses rules to follow.
  ///   - folder: what the person gave, for errors.
  func chain(
    column: String, language: String, codes: [UInt8]?, vocabulary: Vocabulary, folder: String
  ) throws(Diagnostic) -> TextChain {
    var steps: [TextChain.Step] = []
    if rules == .moses {
      guard let language = MosesLanguage(rawValue: language) else {
        throw Diagnostic(.noMosesRules(language, folder))
      }
      steps.append(
        TextChain.Step(
          Tokenize.self,
          [
            ("rules", .text(Tokenize.Rules.moses.rawValue)),
            ("language", .text(language.rawValue)), ("lowercase", .flag(lowercases)),
            ("normalize", .flag(normalizes)), ("aggressive", .flag(splitsHyphens)),
            ("escape", .flag(escapes)),
          ]))
    }
    if let codes {
      steps.append(TextChain.Step(ApplyBPE.self, [], resources: [("merges", codes)]))
    }
    return TextChain(steps: steps, vocabulary: vocabulary.lines, column: column)
  }
}

extension TextChain.Step {
  /// A step that is not from a stage: a kind with some options, the others at their defaults.
  init<Kind: TextStep>(
    _ kind: Kind.Type, _ given: [(name: String, value: OptionValue)],
    resources: [(name: String, bytes: [UInt8])] = []
  ) {
    var options = StageOptions.recalling(kind, given, resources: resources.map(\.name))
    _ = Kind(from: &options)
    let lines = options.keyLines.filter { !$0.isLeftOut }
    let resolved = lines.compactMap { line -> (name: String, value: OptionValue)? in
      if case .option(let value) = line.content { (line.name, value) } else { nil }
    }
    self.init(
      kind: Kind.kind, version: Kind.textVersion, type: Kind.self, options: resolved,
      resources: resources)
  }
}

extension Diagnostic.Message {
  fileprivate static func noMosesRules(_ language: String, _ folder: String) -> Self {
    let known = MosesLanguage.allCases.map(\.rawValue).joined(separator: ", ")
    return Self(
      "'\(folder)' is of the language '\(language)', whose Moses rules are not known",
      remedy: "the languages are \(known); tokenize the texts elsewhere and leave rules out")
  }
}
