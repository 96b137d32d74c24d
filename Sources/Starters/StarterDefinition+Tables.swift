import Diagnostics
import Pipelines
import Text

/// A file of rows, or files of parts alike, with what was seen in the first.
package struct SampledTable: Sendable {
  /// As the definition names them, relative to its own folder; named after parts if they are such.
  let files: [DataLayout.NamedFile]
  package let sample: TableSample
  /// The files that do not fit the first, and why.
  let strangers: [String]
  /// The file that names the classes of numbers, as the definition names it, and its lines.
  let classNames: (path: String, names: [String])?
  /// The lines of load that say what is given of how the files are written.
  private let givenLines: [(option: String, line: String)]

  /// - Parameters:
  ///   - lines: those of load that say what is given of how the files are written.
  ///   - strangers: files of parts that do not fit, and why: `test.csv lacks columns`.
  ///   - classNames: a file beside them that may name classes.
  package init(
    files: [DataLayout.NamedFile], sample: TableSample,
    lines: [(option: String, line: String)] = [], strangers: [String] = [],
    classNames: (path: String, names: [String])? = nil
  ) {
    self.files = files
    self.sample = sample
    givenLines = lines
    self.strangers = strangers
    self.classNames = classNames
  }

  private var areParts: Bool { files.contains { !$0.name.isEmpty } }

  private func load(_ lines: [String], isClassification: Bool) -> LoadSections {
    areParts
      ? LoadSections(parts: files, lines, stratify: isClassification)
      : LoadSections(path: files.map(\.path), lines)
  }

  private func column(_ reference: NameOrNumber) -> TableSample.Column? {
    sample.columns.first { $0.reference == reference }
  }

  /// A definition for what the columns are for.
  package func definition(name: String, _ roles: ColumnRoles) -> StarterDefinition {
    switch roles {
    case .classification(let texts, let label): classification(name: name, texts, label)
    case .translation(let source, let target): translation(name: name, source, target)
    }
  }

  private func classification(
    name: String, _ texts: [NameOrNumber], _ label: NameOrNumber
  ) -> StarterDefinition {
    let columns = texts.compactMap(column)
    let census = column(label).map { LabelCensus($0) } ?? LabelCensus([:])
    let traits = TextTraits(columns.flatMap(\.values))
    let parts = areParts ? nil : PartColumn(in: sample)
    let group = parts == nil ? groupColumn(besides: texts + [label]) : nil
    var lines = formatLines
    if case .labelled = sample.format {
    } else {
      lines.append(textLine(texts))
      lines.append("label = \(StarterDefinition.spelling(label))")
      if let kept = parts?.name ?? group {
        lines.append("keep = \(StarterDefinition.quoted(kept))")
      }
    }
    var facts = [facts, "\(census.description)."]
    facts.append(assumptions(texts, label))
    facts += traits.facts
    let doubts = census.doubts + doubts(texts, label, census)
    let text = StarterDefinition.classification(
      name: name, facts: facts, doubts: doubts, load: load(lines, isClassification: true),
      census: census, texts: traits, group: areParts ? nil : group, parts: parts)
    return StarterDefinition(text: text, doubts: doubts)
  }

  private func textLine(_ texts: [NameOrNumber]) -> String {
    let columns = texts.map(StarterDefinition.spelling)
    guard columns.count > 1 else { return "text = \(columns.first ?? "1")" }
    guard ColumnRoles.isPair(texts) else {
      return "text = [\(columns.joined(separator: ", "))]"
    }
    let template = texts.map { text in
      switch text {
      case .name(let name): "{\(name)}"
      case .number(let number): "{\(number)}"
      }
    }
    return StarterDefinition.aligned(
      "template = \(StarterDefinition.quoted(template.joined(separator: " | ")))",
      "both texts, with a bar between them")
  }

  /// The lines that give numbered classes their names, where a file has one for each.
  private func nameLines(_ census: LabelCensus) -> [String] {
    let numbers = census.classes.compactMap { Int($0.name) }.sorted()
    guard let classNames, numbers.count == census.classes.count, let first = numbers.first,
      let last = numbers.last, first == 0 || first == 1,
      last == first + classNames.names.count - 1
    else { return [] }
    let line = "class-names = \(StarterDefinition.quoted(classNames.path))"
    return first == 0 ? [line] : [line, "first-class = 1"]
  }

  /// A line that would cut labels such as `DESC:manner` to what stands before the colon.
  private func cutLines(_ census: LabelCensus) -> [String] {
    let heads = Set(census.classes.map { $0.name.prefix { $0 != ":" } })
    guard census.classes.allSatisfy({ $0.name.contains(":") }), heads.count > 1,
      heads.count < census.classes.count
    else { return [] }
    return [
      StarterDefinition.aligned(
        "# label-pattern = '^([^:]+):'", "\(heads.count) classes: what stands before the colon")
    ]
  }

  private func groupColumn(besides taken: [NameOrNumber]) -> String? {
    for column in sample.columns where !taken.contains(column.reference) {
      if ColumnTraits(column).looksLikeGroup, let name = column.name { return name }
    }
    return nil
  }

  private func translation(
    name: String, _ source: NameOrNumber, _ target: NameOrNumber
  ) -> StarterDefinition {
    // A file named after two languages, such as tatoeba-en-fr.tsv, says which the sides are.
    let codes = name.split { !$0.isLetter }.map(String.init)
      .filter { SpokenLanguage(code: $0) != nil }
    func side(_ reference: NameOrNumber, _ index: Int) -> StarterDefinition.Side {
      var own: String?
      if case .name(let header) = reference {
        own = header.split(separator: ".").last.map(String.init)
      }
      let isNamed = own.flatMap(SpokenLanguage.init(named:)) != nil
      return StarterDefinition.Side(
        named: isNamed ? own : codes.count == 2 ? codes[index] : nil,
        column(reference)?.values ?? [])
    }
    let (from, into) = (side(source, 0), side(target, 1))
    let lines =
      formatLines + [
        "source = \(StarterDefinition.spelling(source))",
        "target = \(StarterDefinition.spelling(target))",
      ]
    let doubts = doubts([source, target], nil, nil)
    let text = StarterDefinition.translation(
      name: name,
      facts: [facts, "From \(from.description) into \(into.description)."], doubts: doubts,
      load: load(lines, isClassification: false), source: from, target: into)
    return StarterDefinition(text: text, doubts: doubts)
  }
}

/// What is said of a table.
extension SampledTable {
  /// The files and how many rows there are.
  private var facts: String {
    let names = files.prefix(3).map { LayoutFinder.name(of: $0.path) }.joined(separator: ", ")
    let which = files.count > 1 ? ", the first has" : ":"
    return
      "\(names)\(files.count > 3 ? ", …" : "")\(which) \(Spelling.count(sample.rowCount, "row"))."
  }

  /// What was taken for granted.
  private func assumptions(_ texts: [NameOrNumber], _ label: NameOrNumber) -> String {
    if case .labelled(let prefix) = sample.format {
      return prefix.isEmpty
        ? "Assumed: the first word of each line is its label."
        : "Assumed: words that begin with \(prefix) are labels."
    }
    let text = texts.map { column($0)?.called ?? "" }.joined(separator: " and ")
    let other = sample.columns.filter { column in
      column.reference != label && !texts.contains(column.reference)
        && !ColumnTraits(column).isEmpty
    }.map(\.called)
    let unused = other.isEmpty ? "" : "; not used: \(other.prefix(8).joined(separator: ", "))"
    return "Assumed: \(text) is the text, \(column(label)?.called ?? "") the label\(unused)."
  }

  /// What seems wrong with the columns.
  private func doubts(
    _ texts: [NameOrNumber], _ label: NameOrNumber?, _ census: LabelCensus?
  ) -> [String] {
    var doubts: [String] = []
    let empty = sample.columns.filter { ColumnTraits($0).isEmpty }.map(\.called)
    if !empty.isEmpty {
      doubts.append(
        "the column\(empty.count == 1 ? " \(empty[0]) is" : "s \(empty.joined(separator: ", ")) are") empty"
      )
    }
    if sample.malformedCount > 0 {
      doubts.append(
        "\(Spelling.count(sample.malformedCount, "row")) cannot be read and"
          + " \(sample.malformedCount == 1 ? "is" : "are") left out")
    }
    if sample.invalidCount > 0 {
      doubts.append(
        "\(Spelling.count(sample.invalidCount)) bytes are no \(sample.encoding.rawValue) and become U+FFFD"
      )
    }
    doubts += strangers.map { "\($0) and is not used" }
    for text in texts.compactMap(column) {
      let traits = ColumnTraits(text)
      if traits.emptyCount * 2 > traits.rowCount, !traits.isEmpty {
        doubts.append("\(text.called) is empty in more than half of the rows")
      }
      if let label, let labels = column(label), Self.holds(text, labels) {
        doubts.append("most texts of \(text.called) hold their own label as a word")
      }
    }
    if let label, let labels = column(label), let census {
      let traits = ColumnTraits(labels)
      if traits.hasManyValues {
        doubts.append(
          "\(labels.called) has another value in most rows, which makes poor classes")
      } else if traits.areNumbers, census.classes.count > 100 || traits.haveFractions {
        doubts.append("the label \(labels.called) is a number, each value of which becomes a class")
      }
    }
    return doubts
  }

  /// Whether most texts hold their label as a word of its own.
  private static func holds(_ text: TableSample.Column, _ label: TableSample.Column) -> Bool {
    let pairs = zip(text.values, label.values).filter { !$1.isBlank && $1.count > 2 }
    let holding = pairs.count { text, label in
      let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
      return words.contains { $0 == label.withoutEdgeBlanks.lowercased() }
    }
    return pairs.count >= 10 && holding * 10 > pairs.count * 6
  }

  /// The lines of load that say how the file is written, where that is not what its name says.
  private var formatLines: [String] {
    var lines: [String] = []
    let path = files.first?.path ?? ""
    let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    switch sample.format {
    case .delimited(let dialect): lines = dialectLines(dialect, plain)
    case .json(let rows):
      if ![".json", ".jsonl", ".ndjson"].contains(where: plain.hasSuffix) {
        lines.append("format = \"json\"")
      }
      if let rows { lines.append("rows = \(StarterDefinition.quoted(rows))") }
    case .labelled(let prefix):
      lines.append("format = \"fasttext\"")
      if prefix != "__label__" {
        lines.append(
          StarterDefinition.aligned(
            "label-prefix = \(StarterDefinition.quoted(prefix))", "the label is the first word"))
      }
    }
    if sample.encoding != .utf8 {
      lines.append("encoding = \(StarterDefinition.quoted(sample.encoding.rawValue))")
    }
    if sample.invalidCount > 0 { lines.append("invalid = \"replace\"") }
    if sample.malformedCount > 0 {
      if case .labelled = sample.format {
        lines.append(
          StarterDefinition.aligned("several-labels = \"first\"", "some lines have several"))
      } else {
        lines.append(
          StarterDefinition.aligned("on-error = \"skip\"", "rows that cannot be read are counted"))
      }
    }
    return StarterDefinition.lines(lines, replacedBy: givenLines)
  }

  private func dialectLines(_ dialect: Dialect, _ plain: String) -> [String] {
    let isNamedJSON = [".json", ".jsonl", ".ndjson"].contains(where: plain.hasSuffix)
    let standard: Dialect = sample.given.isTSV(file: plain) ? .tsv : .csv
    var lines: [String] = isNamedJSON ? ["format = \"csv\""] : []
    if dialect.delimiter != standard.delimiter {
      let delimiter = String(Unicode.Scalar(dialect.delimiter))
      lines.append("delimiter = \(StarterDefinition.quoted(delimiter))")
    }
    if (dialect.quote == nil) != (standard.quote == nil) {
      lines.append("quoting = \(dialect.quote != nil)")
    }
    if dialect.skippedLines > 0 {
      lines.append(
        StarterDefinition.aligned("skip-lines = \(dialect.skippedLines)", "they hold nothing"))
    }
    if dialect.trims {
      lines.append(StarterDefinition.aligned("trim = true", "blanks around fields are dropped"))
    }
    if !dialect.hasHeader {
      lines.append(StarterDefinition.aligned("header = false", "columns are counted from 1"))
    }
    return lines
  }
}
