import Chains
import Diagnostics
import Pipelines
import Text

/// Reads delimited or line-aligned files into a table.
struct Load: LoadsRows {
  static let kind = "load"
  static let version = 1
  static let manual = """
    reads CSV, TSV or line-aligned files into a table
    The table has the columns that are named here: text and label for classification, source and
    target for translation, and whatever keep names. Rows remember the line they came from. Files
    may be gzipped. A malformed file stops the stage with the line and what was expected. LF and CR LF
    end lines; CR alone does so in a file without LF. Words such as NA or None are text like any
    other, unless null-words names them.
    Line-aligned files may be those of the IWSLT 2014 release as downloaded: markup = "iwslt-train"
    for train.tags.*, "iwslt-xml" for IWSLT14.TED*.xml.
    """

  let source: LoadSource
  let columns: LoadColumns
  let classNames: ClassNamesFile?

  init(from options: inout StageOptions) {
    source = LoadSource(from: &options)
    columns = LoadColumns(from: &options, isParallel: source.isParallel)
    let isLabelled = OptionCondition(
      columns.labelPosition != nil, obstacle: "rows without a label", remedy: "add label")
    classNames = options.under(isLabelled) { ClassNamesFile(from: &$0) }
  }

  var outputs: [Port] { [Port(.table)] }

  var rowFiles: [[String]] { source.rowFiles }

  func rows(of port: Port) -> RowSource { .files }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let labels = try classNames?.read(work, source.encoding)
    var counts = LoadCounts()
    let pace = RowProgress(of: work)
    var writer = try work.newTable(source.isParallel ? source.parallelNames : columns.names)
    let isWhole = try source.read(columns, counts: &counts) {
      (batch, bytesRead, byteCount) throws(Diagnostic) in
      var batch = batch
      if let labels, let column = columns.labelPosition {
        batch = try batch.naming(column: column, by: labels, files: source.files.map(\.path))
      }
      try writer.append(batch)
      pace.report(rows: writer.rowCount, bytesRead: bytesRead, of: byteCount)
      return !work.shouldStop
    }
    guard isWhole else { return .stopped }
    for file in source.files { try work.checkUnchanged(file) }
    counts.note(in: work, rows: writer.rowCount)
    try work.commit(writer, to: outputs[0])
    return .finished
  }
}
