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
    lines. millrace is what `show --raw` writes of a vocabulary of this program. encoder is the folder
    of an encoder as Hugging Face writes it, with tokenizer.json or vocab.txt: ids are the encoder's
    own, and [PAD], [UNK], [CLS] and [SEP] its special tokens.
    """

  private enum Format: String, CaseIterable {
    case fairseq, millrace, encoder
  }

  private let path: ExternalPath
  private let format: Format

  init(from options: inout StageOptions) {
    path = options.fileOrFolder("path", "the file or folder, relative to the definition")
    format = options.choice("format", default: .fairseq, "whose form it has")
    switch path {
    case .folder(let folder) where format == .encoder:
      EncoderTokenizer.take(filesOf: folder, as: "path", in: &options)
    case .folder: options.reject("path", .isFolder)
    case .file(let file):
      // A path that could not be made out was reported already.
      if format == .encoder, !file.path.isEmpty { options.reject("path", .noFolder) }
    }
  }

  var outputs: [Port] { [Port(.vocabulary)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let vocabulary = try vocabulary(work)
    try work.commit(vocabulary.lines, to: outputs[0])
    work.note("entries", .integer(vocabulary.count))
    work.summarise(Spelling.count(vocabulary.count, "entry"))
    return .finished
  }

  private func vocabulary(_ work: StageWork) throws(Diagnostic) -> Vocabulary {
    switch path {
    case .folder(let folder):
      return Vocabulary(
        try EncoderTokenizer(folder.path, behind: "path", work.bytes(behind:)).entries)
    case .file(let file):
      let lines = try work.sideFile(file).contents
      return format == .millrace
        ? try Vocabulary(lines: lines.span, file: file.path)
        : try Vocabulary(fairseqDictionary: lines.span, file: file.path)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let isFolder = Self(
    "the path leads to a folder", remedy: "name a file, or set format = \"encoder\"")

  fileprivate static let noFolder = Self(
    "format = \"encoder\" wants the path of a folder with files in it",
    remedy: "name the folder of an encoder, in which tokenizer.json or vocab.txt lies")
}
