import Chains
import Diagnostics
import Pipelines
import Text

/// Reads the files that people have into a table.
struct Load: LoadsRows {
  static let kind = "load"
  static let version = 1
  static let manual = """
    reads CSV, TSV, JSON, line-aligned or labelled files into a table
    The table has the columns that are named here: text and label for classification, source and
    target for translation, and whatever keep names. Rows remember the line they came from. Files
    may be gzipped. A malformed file stops the stage with the line and what was expected. LF and CR LF
    end lines; CR alone does so in a file without LF. Words such as NA or None are text like any
    other, unless null-words names them.
    format = "json" reads JSON Lines and lists of objects; members of members are named with dots
    (user.text), elements of lists with numbers (tags.1), and a list of words is a text. format =
    "fasttext" reads lines with __label__. parts reads files of train, valid and test into outputs of
    these names. classes reads a file of lines, or a folder of files, for each class; those, and
    fastText's lines, give text and label.
    Line-aligned files may be those of the IWSLT 2014 release as downloaded: markup = "iwslt-train"
    for train.tags.*, "iwslt-xml" for IWSLT14.TED*.xml.
    """

  let source: LoadSource
  let columns: LoadColumns
  private let labelPattern: LabelPattern?
  let classNames: ClassNamesFile?

  init(from options: inout StageOptions) {
    source = LoadSource(from: &options)
    columns = LoadColumns(from: &options, of: source)
    let isLabelled = OptionCondition(
      columns.labelPosition != nil, obstacle: "rows without a label", remedy: "add label")
    let pattern = options.under(isLabelled) {
      $0.optionalText(
        "label-pattern", unset: "labels as they stand",
        "a regular expression whose first group, or match, is the class: '^(\\w+):' of DESC:manner")
    }
    do throws(Diagnostic) { labelPattern = try pattern.map(LabelPattern.init) } catch {
      labelPattern = nil
      options.reject("label-pattern", error.message)
    }
    classNames = options.under(isLabelled) { ClassNamesFile(from: &$0) }
  }

  var outputs: [Port] {
    source.partNames.map { name in name.map { Port($0, .table) } ?? Port(.table) }
  }

  var rowFiles: [[String]] { source.rowFiles }

  func places(of origin: Origin) -> [Place] {
    source.textFile(of: origin).map { [Place(file: $0, line: 1)] } ?? linePlaces(of: origin)
  }

  func rows(of port: Port) -> RowSource {
    let part = source.partNames.first { $0 == port.name }
    return .files(line: part.flatMap { $0 }.map { "parts.\(StageKey.name($0))" })
  }

  /// Each column is read by itself, so that the one that cannot be is known.
  func problemInFirstRows() -> (option: String, problem: Diagnostic)? {
    let single = source.hasColumns ? columns.single : []
    for part in source.partNames.indices {
      for (option, columns) in single + [(source.place, columns)] {
        var counts = LoadCounts()
        do throws(Diagnostic) {
          _ = try source.read(part: part, columns, counts: &counts) { _, _ in false }
        } catch { return (option, error) }
      }
    }
    return nil
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let labels = LabelRewriting(
      pattern: labelPattern, names: try classNames?.read(work, source.encoding),
      files: source.rowFiles.map { $0.first ?? "" })
    var counts = LoadCounts()
    var rows: [(part: String?, count: Int)] = []
    for (part, port) in outputs.enumerated() {
      var table = try LoadedTable(of: source, columns, labels, port, in: work)
      guard try source.load(part: part, columns, counts: &counts, into: &table) else {
        return .stopped
      }
      rows.append((source.partNames[part], table.rowCount))
      try table.commit()
    }
    for files in source.files { try work.checkUnchanged(files) }
    counts.note(in: work, rows: rows)
    return .finished
  }
}
