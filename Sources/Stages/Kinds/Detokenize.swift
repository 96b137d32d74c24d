import Chains
import Diagnostics
import Pipelines
import Text

/// Joins tokens to text as people write it.
struct Detokenize: RowWise {
  static let kind = "detokenize"
  static let version = 1
  static let manual = """
    joins tokens to text as people write it
    moses follows detokenizer.perl; characters undoes tokenize with rules = "characters"; subwords
    only joins pieces that end in @@, and wordpiece those that begin with ##.
    """

  private enum Rules: String, CaseIterable {
    case moses, characters, subwords, wordpiece
  }

  let from: Parts
  let columns: TextColumns
  private let rules: Rules
  private let language: MosesLanguage

  init(from options: inout StageOptions) {
    from = options.parts("from", .table, "the tokenized rows")
    columns = TextColumns(from: &options)
    rules = options.choice("rules", default: .moses, "how the tokens were made")
    language = options.under(OptionCondition("rules", rules, isOneOf: [.moses])) {
      $0.choice("language", default: MosesLanguage.english, "for moses: whose rules to follow")
    }
  }

  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
    switch rules {
    case .moses: JoinedFields.moses(MosesDetokenizer(language))
    case .characters: JoinedFields.characters
    case .subwords: JoinedFields.subwords(SubwordJoiner())
    case .wordpiece: JoinedFields.wordPieces
    }
  }
}

/// A detokenizer on one field.
enum JoinedFields: FieldTransform {
  case moses(MosesDetokenizer)
  case characters
  case subwords(SubwordJoiner)
  case wordPieces

  func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    switch self {
    case .moses(let detokenizer): detokenizer.detokenize(text, into: &output)
    case .characters: CharacterTokenizer.detokenize(text, into: &output)
    case .subwords(let joiner): joiner.join(text, into: &output)
    case .wordPieces: PieceJoiner.join(text, into: &output)
    }
  }
}
