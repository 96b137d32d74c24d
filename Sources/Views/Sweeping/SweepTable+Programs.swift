import Formats
import Metrics
import Pipelines
import Sweeps

extension SweepTable {
  /// `{"points":[{"options":{…},"scores":{…},"state":…}],"best":…}`.
  package var json: JSONValue {
    let best = rows.first(where: \.isBest)
    return [
      "sweep": .string(status.plan.sweep.name),
      "objective": .string(
        "\(status.plan.objective.name) \(status.plan.objective.direction.rawValue)"),
      "points": .array(rows.map { .object(members(of: $0)) }),
      "best": best.map { .object(members(of: $0)) } ?? .null,
      "best-interval": comparison.interval.map { .number($0.halfWidth) } ?? .null,
      "test": comparison.test.map(JSONValue.string) ?? .null,
      "untested": comparison.untested.map(JSONValue.string) ?? .null,
    ]
  }

  /// Comma-separated values with a header.
  package var csv: [String] {
    var header = ["point"] + optionTitles.map(\.name) + ["state"]
    for column in columns {
      header.append(title(of: column))
      if hasSpread { header.append("\(title(of: column))-sd") }
      if isPooled(column) { header.append("\(title(of: column))-pooled") }
    }
    if hasCosts { header += ["training-seconds", "rows-per-second", "model-bytes"] }
    header += ["best", "tie", "other-rows", "note"]
    return [header].map(Self.line)
      + rows.map { row in
        var cells = ["\(row.point.point.number)"]
        cells += optionTitles.map { row.point.value(of: $0.name) } + [row.point.state.rawValue]
        for (column, score) in zip(columns, row.scores) {
          cells.append(score.map { "\($0.mean)" } ?? "")
          if hasSpread { cells.append(score?.deviation.map { "\($0)" } ?? "") }
          if isPooled(column) { cells.append(score?.pooled.map { "\($0)" } ?? "") }
        }
        if hasCosts {
          let costs = costs(of: row)
          cells += [costs.trainingSeconds, costs.rowsPerSecond, costs.byteCount].map { cost in
            cost.map { "\($0)" } ?? ""
          }
        }
        return Self.line(
          cells + ["\(row.isBest)", "\(row.isTie)", "\(row.hasOtherRows)", row.point.note])
      }
  }

  private static func line(_ cells: [String]) -> String {
    cells.map { cell in
      let isPlain = !cell.contains { ",\"\n\r".contains($0) }
      return isPlain ? cell : "\"\(cell.replacing("\"", with: "\"\""))\""
    }.joined(separator: ",")
  }

  /// The name of a score in JSON; those of stages other than the ranking one include the stage.
  private func name(of column: ScoreColumn) -> String {
    column.stage == status.plan.objective.stage ? column.score : "\(column.stage).\(column.score)"
  }

  private func members(of row: Row) -> [JSONValue.Member] {
    let point = row.point
    var members: [JSONValue.Member] = [
      .init("point", .integer(point.point.number)),
      .init("options", .object(point.point.settings.map { .init($0.name, $0.json) })),
      .init("scores", scores(of: row) { .number($0.mean) }),
    ]
    if hasSpread {
      members.append(.init("sd", scores(of: row) { $0.deviation.map(JSONValue.number) ?? .null }))
    }
    if status.plan.foldCount > 1 {
      members.append(.init("pooled", scores(of: row) { $0.pooled.map(JSONValue.number) ?? .null }))
      members.append(.init("folds", .array(point.folds.map(foldJSON))))
    } else if status.plan.sweep.seedCount > 1 {
      members.append(.init("seeds", .array(point.trials.map(seedJSON))))
    }
    members.append(.init("state", .string(point.state.rawValue)))
    if hasCosts { members += costs(of: row).json }
    if let extent = point.extent { members.append(.init("work", .integer(extent))) }
    if !point.note.isEmpty { members.append(.init("note", .string(point.note))) }
    if let log = point.log { members.append(.init("log", .string(log))) }
    members += [
      .init("best", .bool(row.isBest)), .init("tie", .bool(row.isTie)),
      .init("other-rows", .bool(row.hasOtherRows)),
    ]
    if let pValue = comparison.pValues[row.place] { members.append(.init("p", .number(pValue))) }
    return members
  }

  private func scores(of row: Row, _ value: (Score) -> JSONValue) -> JSONValue {
    .object(
      zip(columns, row.scores).compactMap { column, score in
        score.map { .init(name(of: column), value($0)) }
      })
  }

  /// The scores of a fold, as means over its seeds.
  private func foldJSON(_ fold: [TrialStatus]) -> JSONValue {
    .object(
      columns.compactMap { column in
        Score([fold.compactMap { $0.value(of: column) }])
          .map { .init(name(of: column), .number($0.mean)) }
      })
  }

  private func seedJSON(_ trial: TrialStatus) -> JSONValue {
    .object(
      columns.compactMap { column in
        trial.scores[column.stage]?[column.score].map { .init(name(of: column), $0) }
      })
  }
}

extension SweepStatus.Point {
  /// The file with what a failed stage said before it failed.
  package var log: String? {
    for trial in trials {
      if case .failed(_, _, let log) = trial.state, !log.isEmpty { return log }
    }
    return nil
  }
}
