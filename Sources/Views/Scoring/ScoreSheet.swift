import Reports

/// The scores of one or more systems, as lines for a terminal.
package struct ScoreSheet {
  private let scores: [[SystemScore]]
  private let digits: Int

  /// - Parameter scores: of each system, by measure; at least one of each.
  package init(_ scores: [[SystemScore]], digits: Int) {
    self.scores = scores
    self.digits = digits
  }

  /// sacreBLEU's lines of one system, aligned at the score; of several systems a table and signatures.
  package func lines(width: Int) -> [String] {
    guard scores.count > 1 else {
      let names = scores[0].map(\.name)
      let margin = names.map(\.count).max() ?? 0
      return zip(scores[0], names).map { score, name in
        String(repeating: " ", count: margin - name.count) + score.line(digits: digits)
      }
    }
    var table = TextTable([.name("system")] + scores[0].map { .number($0.title) })
    for system in scores {
      table.append([system[0].system] + system.map { $0.cell(digits: digits) })
    }
    return table.lines(width: width) + [""] + scores[0].map(\.name)
  }
}
