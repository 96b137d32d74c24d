import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// Reads byte-pair merges that were learned elsewhere.
struct ImportMerges: Stage {
  static let kind = "import-merges"
  static let version = 1
  static let manual = """
    reads byte-pair merges that were learned elsewhere
    subword-nmt is its codes file, of version 0.1 or 0.2, as learn-bpe writes too. fastbpe is
    fastBPE's: two symbols and a count a line. huggingface is merges.txt or tokenizer.json of
    Hugging Face's tokenizers, if they mark the ends of words with </w>, as CharBPETokenizer does;
    merges of bytes, as GPT-2's, mark the beginnings of words and are refused.
    """

  private enum Format: String, CaseIterable {
    case subwordNMT = "subword-nmt"
    case fastBPE = "fastbpe"
    case huggingFace = "huggingface"
  }

  private let file: ExternalFile
  private let format: Format

  init(from options: inout StageOptions) {
    file = options.file("path", "the file, relative to the definition")
    format = options.choice("format", default: .subwordNMT, "whose form the file has")
  }

  var outputs: [Port] { [Port(.merges)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let bytes = try work.sideFile(file).contents
    let merges =
      switch format {
      case .subwordNMT: try Merges(codes: bytes.span, file: file.path)
      case .fastBPE: try Merges(fastBPECodes: bytes.span, file: file.path)
      case .huggingFace where bytes.first { $0 > 0x20 } == UInt8(ascii: "{"):
        try Merges(tokenizer: bytes, file: file.path)
      case .huggingFace: try Merges(huggingFaceLines: bytes.span, file: file.path)
      }
    guard !merges.merges.isEmpty else { throw Diagnostic(.noMerges(file.path)) }
    try work.commit(merges.codes, to: outputs[0])
    work.note("merges", .integer(merges.merges.count))
    work.summarise("\(Spelling.count(merges.merges.count)) merges")
    return .finished
  }
}

extension Diagnostic.Message {
  fileprivate static func noMerges(_ path: String) -> Self {
    Self("'\(path)' has no merges", remedy: "give a codes file with a pair of symbols a line")
  }
}
