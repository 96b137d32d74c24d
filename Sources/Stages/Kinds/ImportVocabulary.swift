import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// Reads a vocabulary that was made elsewhere.
struct ImportVocabulary: Stage {
  static let kind = "import-vocabulary"
  static let version = 1
  static let manual = """
    reads a vocabulary that was made elsewhere
    fairseq is a dict.txt: ids are fairseq's own, <s>, <pad>, </s> and <unk> before the file's
    lines. millrace is what `show --raw` writes of a vocabulary of this program.
    """

  private enum Format: String, CaseIterable {
    case fairseq, millrace
  }

  private let file: ExternalFile
  private let format: Format

  init(from options: inout StageOptions) {
    file = options.file("path", "the file, relative to the definition")
    format = options.choice("format", default: .fairseq, "whose form the file has")
  }

  var outputs: [Port] { [Port(.vocabulary)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let lines = try work.sideFile(file).contents
    let vocabulary =
      switch format {
      case .fairseq: try Vocabulary(fairseqDictionary: lines.span, file: file.path)
      case .millrace: try Vocabulary(lines: lines.span, file: file.path)
      }
    try work.commit(vocabulary.lines, to: outputs[0])
    work.note("entries", .integer(vocabulary.count))
    work.summarise("\(Spelling.count(vocabulary.count)) entries")
    return .finished
  }
}
