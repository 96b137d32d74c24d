import Fixtures
import Foundation

/// A small pipeline that was run once, and the program that shows what it made.
struct ShownPipeline {
  /// What a run of the program gave.
  struct Result {
    let code: Int32
    let bytes: Data
    let errors: String

    var output: String { String(decoding: bytes, as: UTF8.self) }

    /// The output as a JSON object.
    var object: [String: Any] {
      get throws { try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:] }
    }
  }

  static var shared: ShownPipeline { get throws { try made.get() } }

  private static let made = Swift.Result { try ShownPipeline() }

  private let folder: TemporaryFolder

  private init() throws {
    folder = try TemporaryFolder()
    let rows = (0..<20).flatMap { number in
      [
        "\"She teaches class \(number) how to read.\",teacher",
        "\"He cooks soup number \(number) for guests.\",chef",
      ]
    }
    try folder.write("rows.csv", "text,label\n" + rows.joined(separator: "\n") + "\n")
    try folder.write("small.toml", Self.definition)
    let run = try shell("\(Self.program) run small.toml --store store")
    precondition(run.code == 0, "the pipeline ended with \(run.code): \(run.output)\(run.errors)")
  }

  private static let definition = """
    seed = 3
    [stage.load]
    path = "rows.csv"
    text = "text"
    label = "label"
    [stage.clean]
    from = "load"
    lowercase = true
    [stage.tokenize]
    from = "clean"
    [stage.split]
    from = "tokenize"
    stratify = "label"
    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "split.train"
    [stage.pad]
    from = "split"
    [stage.binarize]
    from = "pad"
    vocabulary = "vocabulary"
    [stage.train]
    model = "lstm-classifier"
    from = "binarize.train"
    valid = "binarize.valid"
    embedding = 4
    hidden = 4
    epochs = 2
    [stage.evaluate]
    from = "binarize.test"
    model = "train"
    """

  /// The program, as a word of a shell.
  private static let program = "'\(Millrace.program.path)'"

  /// Every artifact, by the name that `show` takes.
  var artifacts: [(name: String, digest: String, byteCount: Int)] {
    get throws {
      let stages = try show("--json").object["stages"] as? [[String: Any]] ?? []
      return stages.flatMap { stage in
        (stage["outputs"] as? [String: [String: Any]] ?? [:]).map { port, output in
          (
            name: "\(stage["name"] ?? "?").\(port)", digest: output["digest"] as? String ?? "",
            byteCount: output["bytes"] as? Int ?? -1
          )
        }
      }
    }
  }

  /// The words of a shell that run `show`.
  func command(_ words: String..., store: String = "store") -> String {
    command(words, store: store)
  }

  private func command(_ words: [String], store: String) -> String {
    "\(Self.program) show small.toml \(words.joined(separator: " ")) --store \(store)"
  }

  func show(_ words: String..., store: String = "store") throws -> Result {
    try shell(command(words, store: store))
  }

  /// Runs another command on the pipeline.
  func call(_ command: String, _ words: String...) throws -> Result {
    try shell("\(Self.program) \(command) small.toml \(words.joined(separator: " ")) --store store")
  }

  /// Runs a command line of the program.
  func millrace(_ words: String) throws -> Result { try shell("\(Self.program) \(words)") }

  /// Runs a line of shell in the pipeline's folder.
  func shell(_ line: String) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder.url
    process.environment = Millrace.environment
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, bytes: bytes, errors: String(decoding: said, as: UTF8.self))
  }
}
