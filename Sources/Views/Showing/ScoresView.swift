import Diagnostics
import Formats
import Metrics
import Reports
import Stages

/// The view of scores: a classifier's by class, translations' by metric, others by name.
struct ScoresView: ArtifactView {
  let json: JSONValue
  private let classes: ClassScores?
  private let metrics: MetricTables?

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    json = CompletedScores(try artifact.storedJSON()).json
    classes = ClassScores(json)
    metrics = MetricTables(json)
  }

  func summary(width: Int) -> [String] {
    let parts = Metric.all.compactMap { metric in
      json[metric.name]?.doubleValue.map {
        "\(metric.name) \(Spelling.score($0, of: metric.name))"
      }
    }
    return (parts.isEmpty ? "scores" : parts.joined(separator: ", ")).wrapped(to: width)
  }

  func text(width: Int) -> [String] {
    guard let classes else { return metrics?.lines(width: width) ?? plain.lines(width: width) }
    let confusion = ConfusionMatrixView(classes.confusion, classNames: classes.names)
    return overview.lines(width: width) + [""] + classes.table.lines(width: width)
      + [""] + confusion.lines(width: width)
      + (CalibrationView(scores: json).map { [""] + $0.lines(width: width) } ?? [])
  }

  var tables: [ShownTable] {
    guard let classes else {
      return metrics?.tables ?? [ShownTable("scores", plain)]
    }
    let confusion = ConfusionMatrixView(classes.confusion, classNames: classes.names)
    return [
      ShownTable("scores", overview), ShownTable("classes", classes.table),
      ShownTable("confusion", confusion.table),
    ] + (CalibrationView(scores: json).map { [ShownTable("calibration", $0.table)] } ?? [])
  }

  /// The model's scores beside those of naive Bayes and of always giving the commonest class.
  private var overview: TextTable {
    let baselines = BaselineScores(json)
    let hasIntervals = Metric.ofClasses.contains { json["\($0.name)-interval"] != nil }
    var columns: [TextTable.Column] =
      [.name("score"), .number("model")] + (hasIntervals ? [.number("± 95 %")] : [])
    if baselines.hasNaiveBayes { columns.append(.number("naive Bayes")) }
    if let majority = baselines.majorityClass { columns.append(.number("always '\(majority)'")) }
    var table = TextTable(columns)
    func append(_ name: String, _ values: [Double?]) {
      table.append(
        [name] + values.map { value in value.map { Spelling.score($0, of: name) } ?? "" })
    }
    for metric in Metric.ofClasses where json[metric.name]?.doubleValue != nil {
      var values = [json[metric.name]?.doubleValue]
      if hasIntervals { values.append(json["\(metric.name)-interval"]?.doubleValue) }
      if baselines.hasNaiveBayes { values.append(baselines.naiveBayes(metric.name)) }
      if baselines.majorityClass != nil { values.append(baselines.majority(metric.name)) }
      append(metric.name, values)
    }
    let rows = Spelling.count(json["rows"]?.intValue ?? 0)
    table.append(["rows", rows] + columns.dropFirst(2).map { _ in "" })
    return table
  }

  /// Every value by its name; names in nested objects follow the object's name.
  private var plain: TextTable {
    var table = TextTable([.name(), .text()])
    func add(_ value: JSONValue, _ name: String) {
      switch value {
      case .object(let members):
        for member in members {
          add(member.value, name.isEmpty ? member.name : "\(name) \(member.name)")
        }
      case .number(let number): table.append([name, Spelling.measure(number)])
      case .integer(let number): table.append([name, Spelling.count(Int(number))])
      case .array(let list): table.append([name, Spelling.count(list.count, "entry")])
      default: table.append([name, value.spelling])
      }
    }
    add(json, "")
    return table
  }
}

/// The scores of each class and the confusion matrix, as a classifier's scores hold them.
private struct ClassScores: Sendable {
  private let classes: [ScoredClass]
  let confusion: ConfusionMatrix

  var names: [String] { classes.map(\.name) }

  /// Nil when the scores are no classifier's.
  init?(_ json: JSONValue) {
    guard let confusion = ConfusionMatrix(ofScores: json) else { return nil }
    classes = ScoredClass.all(of: json)
    guard confusion.classCount == classes.count else { return nil }
    self.confusion = confusion
  }

  /// The classes, then their averages.
  var table: TextTable {
    let hasAverages = classes.contains { $0.averagePrecision != nil }
    var table = TextTable(
      [
        .text("class"), .number("precision"), .number("recall"), .number("F1"), .number("95 %"),
      ] + (hasAverages ? [.number("average precision")] : []) + [.number("support")])
    func append(
      _ name: String, _ scores: PrecisionRecall, _ support: Int, _ entry: ScoredClass? = nil
    ) {
      let figures = [scores.precision, scores.recall, scores.f1]
      let average = entry?.averagePrecision.map { Spelling.fixed($0, places: 4) }
      table.append(
        [name] + figures.map { Spelling.fixed($0, places: 4) } + [entry?.intervalWords ?? ""]
          + (hasAverages ? [average ?? ""] : []) + [Spelling.count(support)])
    }
    for (label, entry) in classes.enumerated() {
      append(entry.name, confusion.scores(of: label), confusion.trueCount(label), entry)
    }
    for averaging in Averaging.allCases {
      append("(\(averaging.rawValue))", confusion.average(averaging), confusion.total)
    }
    return table
  }
}
