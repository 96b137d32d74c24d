import Artifacts
import Diagnostics
import Digests
import Files
import Formats
import Views

/// Writes artifacts for `show`: as text, as JSON, or their bytes.
struct OutputConsole {
  let arguments: ParsedArguments
  let selection: RowSelection
  let format: OutputFormat
  let store: ArtifactStore

  /// - Parameter view: reads the artifact; not called for its bytes.
  func show(
    _ output: RecordedOutput, called name: String,
    _ view: (RowSelection) throws(Diagnostic) -> any ArtifactView
  ) throws(Diagnostic) {
    guard !arguments.has(Show.raw) else { return try writeBytes(of: output) }
    let view = try view(selection)
    switch format {
    case .json: Terminal.output.line(view.json.pretty)
    case .csv, .markdown:
      for line in try format.lines(of: view.tables) { Terminal.output.line(line) }
    case .text:
      if !selection.isNarrow {
        Terminal.output.line(Self.heading(output, called: name))
        Terminal.output.line()
      }
      for line in view.text(width: Terminal.output.width) { Terminal.output.line(line) }
    }
  }

  /// `train.model  1.2 MB, 5f82dc51331a`.
  static func heading(_ output: RecordedOutput, called name: String) -> String {
    let type = output.type == output.port ? "" : "\(output.type), "
    return Terminal.output.styled(name, .bold)
      + "  \(type)\(Spelling.bytes(output.byteCount)), \(output.digest.short)"
  }

  private func writeBytes(of output: RecordedOutput) throws(Diagnostic) {
    var input = try store.openInput(output.digest)
    var bytes: [UInt8] = []
    while !Terminal.output.hasFailed, try input.read(into: &bytes, atMost: 256 << 10) > 0 {
      Terminal.output.write(bytes: bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }
}
