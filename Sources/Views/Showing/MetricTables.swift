import Diagnostics
import Formats
import Reports
import Stages

/// Tables of translation scores: metrics with intervals, BLEU's precisions, BLEU by sentence length.
struct MetricTables: Sendable {
  private let json: JSONValue
  /// Every measure, in the order it was scored.
  private let names: [String]

  /// Nil when the scores are not of translations.
  init?(_ json: JSONValue) {
    self.json = json
    let members = json.objectValue ?? []
    names = members.map(\.name).filter { json["\($0)-signature"] != nil }
    if names.isEmpty { return nil }
  }

  var tables: [ShownTable] {
    [ShownTable("scores", scores)]
      + (precisions.isEmpty ? [] : [ShownTable("precisions", precisions)])
      + names.compactMap { name in
        let groups = groups(of: name)
        return groups.isEmpty
          ? nil
          : ShownTable("\(name) by the words of the reference", Self.table(of: groups, name))
      }
  }

  private func groups(of name: String) -> [LengthGroup] {
    (json["\(name)-by-length"]?.arrayValue ?? []).compactMap(LengthGroup.init(json:))
  }

  func lines(width: Int) -> [String] {
    let sentences = Spelling.count(json["sentences"]?.intValue ?? 0, "sentence")
    var lines =
      ["\(sentences); ± 95 %: half the width of what 95 % of resampled ones score", ""]
      + scores.lines(width: width)
    lines += [""] + texts("signature", width: width)
    if !precisions.isEmpty { lines += ["", "precisions"] + precisions.lines(width: width) }
    for name in names {
      let groups = groups(of: name)
      guard !groups.isEmpty else { continue }
      lines += ["", "\(name) by the words of the reference"]
      lines += Self.table(of: groups, name).lines(width: width)
    }
    let programs = texts("line", width: width)
    return lines + (programs.isEmpty ? [] : ["", "as other programs print it"] + programs)
  }

  private var scores: TextTable {
    var table = TextTable([.name("score"), .number("value"), .number("± 95 %"), .number("mean")])
    for name in names {
      func number(_ key: String) -> String {
        json[key]?.doubleValue.map { Spelling.score($0, of: name) } ?? ""
      }
      table.append([name, number(name), number("\(name)-interval"), number("\(name)-mean")])
    }
    return table
  }

  /// A text of each measure, whole: the signature by which scores may be compared, or a line.
  private func texts(_ key: String, width: Int) -> [String] {
    let nameWidth = names.map(\.displayWidth).max() ?? 0
    return names.flatMap { name -> [String] in
      guard let text = json["\(name)-\(key)"]?.stringValue else { return [] }
      return text.wrapped(to: max(20, width - nameWidth - 2)).enumerated().map { index, line in
        "\((index == 0 ? name : "").padded(to: nameWidth))  \(line)"
      }
    }
  }

  /// The n-gram precisions and the brevity penalty of each BLEU.
  private var precisions: TextTable {
    let lists = names.map { json["\($0)-precisions"]?.arrayValue ?? [] }
    let order = lists.map(\.count).max() ?? 0
    var table = TextTable(
      [.name("score")] + (0..<order).map { .number("\($0 + 1)-gram") } + [
        .number("brevity penalty"), .number("length ratio"), .number("words"), .number("reference"),
      ])
    for (name, list) in zip(names, lists) where !list.isEmpty {
      func number(_ key: String) -> String {
        json["\(name)-\(key)"]?.doubleValue.map { Spelling.fixed($0, places: 3) } ?? ""
      }
      func count(_ key: String) -> String {
        json["\(name)-\(key)"]?.intValue.map { Spelling.count($0) } ?? ""
      }
      table.append(
        [name]
          + (0..<order).map { index in
            list.indices.contains(index)
              ? Spelling.fixed(list[index].doubleValue ?? 0, places: 2) : ""
          } + [
            number("brevity-penalty"), number("length-ratio"), count("hypothesis-length"),
            count("reference-length"),
          ])
    }
    return table
  }

  private static func table(of groups: [LengthGroup], _ name: String) -> TextTable {
    var table = TextTable([.number("words"), .number("sentences"), .number(name)])
    for group in groups {
      table.append([
        "\(group.words.lowerBound)–\(group.words.upperBound)", Spelling.count(group.sentenceCount),
        Spelling.score(group.score, of: name),
      ])
    }
    return table
  }
}
