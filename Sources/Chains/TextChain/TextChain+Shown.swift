import Pipelines
import Text

extension TextChain {
  /// Pieces as a person reads them, without the entities that Moses writes.
  func shown(_ pieces: [String]) -> [String] {
    steps.contains(where: \.escapes) ? pieces.map(MosesEntities.unescaped) : pieces
  }
}

extension TextChain.Step {
  /// Whether it writes some characters as Moses's entities.
  fileprivate var escapes: Bool {
    func value(_ name: String) -> OptionValue? { options.first { $0.name == name }?.value }
    return kind == Tokenize.kind && value("rules") == .text(Tokenize.Rules.moses.rawValue)
      && value("escape") != .flag(false)
  }
}
