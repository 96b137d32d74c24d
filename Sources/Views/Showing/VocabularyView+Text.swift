import Diagnostics
import Formats
import Reports
import Text

extension VocabularyView {
  /// Numbers of most frequent entries whose coverage is shown.
  private static let steps = [10, 100, 1000, 10_000, 100_000]

  func summary(width: Int) -> [String] {
    let top = listed.prefix(8).map(token).joined(separator: " ")
    var line = "\(headline); \(counted.isEmpty ? "first" : "top") \(top)"
    for (part, facts) in unknown {
      line += "; unknown in \(part) \(Spelling.percent(Self.share("tokens", facts)))"
    }
    return line.wrapped(to: width)
  }

  func text(width: Int) -> [String] {
    if selection.isNarrow {
      let found = found
      return ["\(Spelling.count(found.count)) of \(Spelling.count(vocabulary.count, "entry"))"]
        + table(found.prefix(max(1, selection.limit))).lines(width: width)
    }
    let steps = Self.steps.filter { $0 < counted.count }
    let covered = steps.map {
      (label: "top \(Spelling.count($0))", count: Int(coverage(ofTop: $0) * Double(total)))
    }
    var lines = [headline]
    if !covered.isEmpty {
      lines += ["", "tokens covered by the most frequent entries"]
      lines += BarChart(covered, total: total, most: total).lines(width: width)
    }
    lines += ["", counted.isEmpty ? "first entries" : "most frequent"]
    lines += table(listed.prefix(max(10, selection.limit))).lines(width: width)
    if let rarest {
      lines += [
        "", "rarest kept: \(Spelling.count(rarest.ids.count)) counted \(Self.times(rarest.count))",
      ]
      lines += Columns.lines(
        rarest.ids.prefix(max(24, selection.limit)).map { token($0).printable }, width: width)
    }
    if !unknown.isEmpty { lines += ["", "unknown tokens, by part"] + unknownLines(width: width) }
    return lines
  }

  var tables: [ShownTable] {
    let ids =
      selection.isNarrow
      ? found.prefix(max(1, selection.limit)) : listed.prefix(max(10, selection.limit))
    return [ShownTable("entries", table(ids))]
  }

  var json: JSONValue {
    if selection.isNarrow { return ["entries": entries(found.prefix(max(1, selection.limit)))] }
    let steps = Self.steps.filter { $0 < counted.count }
    return [
      "entries": .integer(vocabulary.count), "tokens": .integer(total),
      "coverage": .object(steps.map { .init("\($0)", .number(coverage(ofTop: $0))) }),
      "most-frequent": entries(counted.prefix(max(10, selection.limit))),
      "rarest-count": rarest.map { .integer($0.count) } ?? .null,
      "rarest": .integer(rarest?.ids.count ?? 0),
      "unknown": .object(unknown.map { .init($0.part, $0.facts) }),
    ]
  }

  private var headline: String {
    guard !counted.isEmpty else {
      return "\(Spelling.count(vocabulary.count, "entry")), none of them counted"
    }
    let specials = vocabulary.count - counted.count
    return "\(Spelling.count(vocabulary.count, "entry")), \(specials) of them special;"
      + " they stand for \(Spelling.count(total, "token"))"
  }

  private func table(_ ids: ArraySlice<Int>) -> TextTable {
    var table = TextTable([
      .number("id"), .text("token"), .number("count"), .number("share"), .number("so far"),
    ])
    var sum = 0
    for id in ids {
      sum &+= vocabulary.counts[id]
      table.append([
        Spelling.count(id), token(id), Spelling.count(vocabulary.counts[id]),
        Spelling.percent(vocabulary.counts[id], of: total), Spelling.percent(sum, of: total),
      ])
    }
    return table
  }

  private func unknownLines(width: Int) -> [String] {
    var table = TextTable([
      .name("part"), .number("tokens"), .number("unknown"), .number("share"),
      .number("different"), .number("unknown"), .number("share"),
    ])
    for (part, facts) in unknown {
      func count(_ name: String) -> String { Spelling.count(facts[name]?.intValue ?? 0) }
      table.append([
        part, count("tokens"), count("unknown-tokens"),
        Spelling.percent(Self.share("tokens", facts)), count("types"), count("unknown-types"),
        Spelling.percent(Self.share("types", facts)),
      ])
    }
    return table.lines(width: width)
  }

  private func entries(_ ids: ArraySlice<Int>) -> JSONValue {
    .array(
      ids.map { id in
        [
          "id": .integer(id), "token": .string(token(id)),
          "count": .integer(vocabulary.counts[id]),
        ]
      })
  }

  private static func share(_ name: String, _ facts: JSONValue) -> Double {
    let (part, whole) = (facts["unknown-\(name)"]?.doubleValue, facts[name]?.doubleValue)
    guard let part, let whole, whole > 0 else { return 0 }
    return part / whole
  }

  private static func times(_ count: Int) -> String {
    count == 1 ? "once" : count == 2 ? "twice" : "\(Spelling.count(count)) times"
  }
}
