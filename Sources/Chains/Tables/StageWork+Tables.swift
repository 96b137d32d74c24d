import Artifacts
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Opens a table to be read in batches of rows.
  package func table(_ input: StageInput) throws(Diagnostic) -> TableReader<InputFile> {
    try TableReader(try stream(input), file: "\(input.source)")
  }

  /// Starts a table that `commit` will store.
  package func newTable(_ columns: [String]) throws(Diagnostic) -> TableWriter<ArtifactDraft> {
    try TableWriter(columns: columns, to: try store.makeDraft())
  }

  package func commit(_ table: consuming TableWriter<ArtifactDraft>, to port: Port)
    throws(Diagnostic)
  {
    try commit(table.finish(), to: port)
  }
}
