import Diagnostics
import Text

/// Line-aligned files, or files and folders of classes, with what was seen in them.
package struct SampledFiles: Sendable {
  private let layout: DataLayout
  /// How the definition names a file.
  private let relative: @Sendable (String) -> String
  private let given: GivenNotation
  /// The lines of load that say what is given.
  private let givenLines: [(option: String, line: String)]

  package init(
    _ layout: DataLayout, given: GivenNotation = GivenNotation(),
    lines: [(option: String, line: String)] = [],
    relative: @escaping @Sendable (String) -> String
  ) {
    self.layout = layout
    self.given = given
    givenLines = lines
    self.relative = relative
  }

  /// A definition; nil for files of rows, whose columns say what they are for.
  ///
  /// - Throws: when a file cannot be read.
  package func definition(name: String) throws(Diagnostic) -> StarterDefinition? {
    switch layout {
    case .table, .tables: nil
    case .parallel(let parts): try parallel(name: name, parts)
    case .classes(let parts): try classes(name: name, parts)
    }
  }

  private func parallel(
    name: String, _ parts: [DataLayout.Part]
  ) throws(Diagnostic) -> StarterDefinition {
    var samples: [LineSample] = []
    for file in parts[0].files { samples.append(try LineSample(file.path, given)) }
    let names = Self.columns(parts[0].files.map(\.name), samples, pathName: name)
    func lines(_ part: DataLayout.Part) -> [String] {
      let named = names.compactMap { column, index in
        part.files.first { $0.name == parts[0].files[index].name }.map {
          "\(column) = \(StarterDefinition.quoted(relative($0.path)))"
        }
      }
      return ["files = { \(named.joined(separator: ", ")) }"] + notationLines(samples)
    }
    let isPair = names.contains { $0.column == "source" }
    let load = LoadSections(
      parts.map { ($0.name, lines($0)) }, stratify: !isPair)
    let rows = Spelling.count(samples[0].count, "line")
    let files = parts[0].files.map { LayoutFinder.name(of: $0.path) }.joined(separator: " and ")
    let fact = "\(files): \(rows) each, line by line."
    guard isPair else {
      let texts = names.first { $0.column == "text" }.map { samples[$0.index].lines } ?? []
      let labels = names.first { $0.column == "label" }.map { samples[$0.index].lines } ?? []
      let census = LabelCensus(
        Dictionary(
          labels.filter { !$0.isBlank }.map { ($0.withoutEdgeBlanks, 1) }, uniquingKeysWith: +),
        emptyCount: labels.count(where: \.isBlank))
      let isPart = labels.count < samples[0].count
      let doubts = census.doubts.map { isPart ? "of the first 1,000 lines, \($0)" : $0 }
      let text = StarterDefinition.classification(
        name: name,
        facts: [fact, "\(isPart ? "Of the first 1,000, " : "")\(census.description)."],
        doubts: doubts, load: load, census: census, texts: TextTraits(texts), group: nil)
      return StarterDefinition(text: text, doubts: doubts)
    }
    func side(_ column: String) -> StarterDefinition.Side {
      guard let index = names.first(where: { $0.column == column })?.index else {
        return StarterDefinition.Side(named: nil, [])
      }
      let code = parts[0].files[index].name.split(separator: " ").last.map(String.init)
      return StarterDefinition.Side(named: code, samples[index].lines)
    }
    let (source, target) = (side("source"), side("target"))
    let direction = "From \(source.description) into \(target.description)"
    let text = StarterDefinition.translation(
      name: name, facts: [fact, "\(direction); swap the files for the other way."], doubts: [],
      load: load, source: source, target: target)
    return StarterDefinition(text: text, doubts: [])
  }

  /// What the columns of line-aligned files are, and which file each of them is.
  private static func columns(
    _ names: [String], _ samples: [LineSample], pathName: String
  ) -> [(column: String, index: Int)] {
    if names.contains("text") || names.contains("label") {
      let label = names.firstIndex(of: "label") ?? (names.firstIndex(of: "text") == 0 ? 1 : 0)
      return [("text", 1 - label), ("label", label)]
    }
    if let source = names.firstIndex(of: "source") {
      return [("source", source), ("target", 1 - source)]
    }
    // As a name such as `iwslt14.de-en` has them, else into English.
    let codes = names.map { $0.split(separator: " ").last.map(String.init) ?? "" }
    let named = pathName.split { !$0.isLetter }.map(String.init).filter(codes.contains)
    let first = named.first ?? codes.first { $0 != "en" } ?? codes[0]
    let source = codes.firstIndex(of: first) ?? 0
    return [("source", source), ("target", 1 - source)]
  }

  /// The lines of load that say how the files are written.
  private func notationLines(_ samples: [LineSample]) -> [String] {
    let other = samples.map(\.encoding).first { $0 != .utf8 }
    let lines = other.map { ["encoding = \(StarterDefinition.quoted($0.rawValue))"] } ?? []
    return StarterDefinition.lines(lines, replacedBy: givenLines)
  }

  private func classes(
    name: String, _ parts: [DataLayout.Part]
  ) throws(Diagnostic) -> StarterDefinition {
    var counts: [String: Int] = [:]
    var texts: [String] = []
    var samples: [LineSample] = []
    var isOfFolders = false
    for file in parts[0].files {
      let names = try LayoutFinder.files(in: file.path)
      isOfFolders = isOfFolders || names != nil
      let sample = try LineSample(names?.first ?? file.path, given)
      samples.append(sample)
      texts += sample.lines.prefix(100)
      counts[file.name] = names?.count ?? sample.count
    }
    let load = LoadSections(
      parts.map { ($0.name, lines($0) + notationLines(samples)) }, stratify: true)
    let census = LabelCensus(counts)
    let how =
      isOfFolders
      ? "Assumed: each folder is a class, and each of its files a text."
      : "Assumed: each file is a class, and each of its lines a text."
    let traits = TextTraits(texts)
    let doubts = census.doubts + (isOfFolders ? [] : Self.doubts(ofLanguages: census))
    let text = StarterDefinition.classification(
      name: name, facts: ["\(census.description).", how] + traits.facts, doubts: doubts,
      load: load, census: census, texts: traits, group: nil)
    return StarterDefinition(text: text, doubts: doubts)
  }

  /// What to know of files that are named after languages, as those of a translation are.
  private static func doubts(ofLanguages census: LabelCensus) -> [String] {
    guard census.classes.allSatisfy({ SpokenLanguage(named: $0.name) != nil }) else { return [] }
    return ["each language is a class; for a translation, give two files of equally many lines"]
  }

  private func lines(_ part: DataLayout.Part) -> [String] {
    let classes = part.files.map {
      "\(key($0.name)) = \(StarterDefinition.quoted(relative($0.path)))"
    }
    let line = "classes = { \(classes.joined(separator: ", ")) }"
    guard line.count > 100 else { return [line] }
    return classes.map { "classes.\($0)" }
  }
}
