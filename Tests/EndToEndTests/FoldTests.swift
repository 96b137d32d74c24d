import Fixtures
import Foundation
import Testing

/// Ten rows of a hundred held out in turn, by the built program, against a count of one's own.
@Suite(.serialized) struct FoldTests {
  private static let definition = SmallPipeline.definition
    .replacing("parts = { train = 0.8, test = 0.2 }", with: "folds = 4")
    .replacing(
      "embedding = 4\nhidden = 4\nclip-norm = 1\nepochs = 2", with: "model = \"naive-bayes\"")

  private static func millrace(_ more: String = "") throws -> Millrace {
    try SmallPipeline.millrace(definition + more, rows: 160)
  }

  /// What was true and what was said of each row that a fold held out.
  private func predictions(_ fold: Int, _ millrace: Millrace) throws -> [(String, String)] {
    let shown = try millrace(
      "show", "small.toml", "evaluate.predictions", "--raw", "--set", "split.fold=\(fold)")
    try #require(shown.exitCode == 0, "\(shown.errors)")
    return shown.output.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t")
      return (String(cells[1]), String(cells[2]))
    }
  }

  private func scores(_ fold: Int, _ millrace: Millrace) throws -> [String: Any] {
    let shown = try millrace(
      "show", "small.toml", "evaluate", "--json", "--set", "split.fold=\(fold)")
    return try #require(shown.json as? [String: Any], "\(shown.errors)")
  }

  @Test func `run holds out every fold, and the table has mean, deviation and the pooled score`()
    throws
  {
    let millrace = try Self.millrace()
    let ran = try millrace("run", "small.toml")
    #expect(ran.exitCode == 0, "\(ran.errors)")
    #expect(ran.output.contains("point 1  fold 4  macro-f1 "))
    #expect(ran.output.contains("± sd: the standard deviation over 4 folds"))
    #expect(ran.output.contains("pooled: over the rows of all folds together, each row once"))
    let table = try #require(try millrace("table", "small.toml", "--json").json as? [String: Any])
    let point = try #require((table["points"] as? [[String: Any]])?.first)
    let folds = try (1...4).map { try scores($0, millrace) }
    for name in ["accuracy", "macro-f1", "log-loss"] {
      let values = folds.compactMap { $0[name] as? Double }
      let mean = values.reduce(0, +) / 4
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(abs(try score(point, "scores", name) - mean) < 1e-12)
      #expect(abs(try score(point, "sd", name) - (squares / 3).squareRoot()) < 1e-12)
      let told = (point["folds"] as? [[String: Double]])?.compactMap { $0[name] }
      #expect(told == values)
    }
    let history = try #require(try millrace("runs", "--json").json as? [String: Any])
    let told = try #require((history["runs"] as? [[String: Any]])?.first?["scores"] as? [Any])
    let listed = try #require(told.first as? [String: Any])
    #expect(listed["stage"] as? String == "evaluate")
    let metric = try #require(listed["metric"] as? String)
    let mean = try score(point, "scores", metric)
    #expect(abs(try #require(listed["value"] as? Double) - mean) < 1e-12)
    #expect(try millrace("runs").output.contains("sweep folds; its score is the mean"))
    let rows = try (1...4).flatMap { try predictions($0, millrace) }
    #expect(rows.count == 160)
    let right = Double(rows.count { $0.0 == $0.1 }) / 160
    #expect(abs(try score(point, "pooled", "accuracy") - right) < 1e-12)
    #expect(abs(try score(point, "pooled", "macro-f1") - Self.macroF1(rows)) < 1e-12)
    let losses = folds.compactMap { $0["log-loss"] as? Double }
    #expect(abs(try score(point, "pooled", "log-loss") - losses.reduce(0, +) / 4) < 1e-12)
  }

  @Test func `run again has nothing to do, one fold alone is an ordinary run`() throws {
    let millrace = try Self.millrace()
    try millrace("run", "small.toml")
    let again = try millrace("run", "small.toml", "--json").jsonLines.last
    #expect(again?["event"] as? String == "finished")
    #expect(again?["ran"] as? Int == 0)
    let third = try millrace.run("small.toml", "--set", "split.fold=3")
    #expect(third.stages["split"]?["state"] as? String == "cached")
    #expect(try millrace("sweep", "small.toml", "--json").jsonLines.last?["ran"] as? Int == 0)
  }

  @Test func `points of a grid are compared on the rows of all folds`() throws {
    let millrace = try Self.millrace(
      "\n[sweep.smoothing]\ngrid = { \"train.smoothing\" = [0.01, 100.0] }\n")
    let swept = try millrace("sweep", "small.toml", "smoothing", environment: ["COLUMNS": "160"])
    #expect(swept.exitCode == 0, "\(swept.errors)")
    #expect(swept.output.contains("2 points × 4 folds = 8 runs"))
    #expect(swept.output.contains("on the same 160 rows"))
    #expect(swept.output.contains("macro-f1 pooled"))
    let csv = try millrace("table", "small.toml", "smoothing", "--format", "csv").output
    #expect(csv.contains("macro-f1,macro-f1-sd,macro-f1-pooled,"))
    // The folds by themselves keep the name they have without a sweep.
    #expect(try millrace("table", "small.toml", "folds").exitCode == 0)
  }

  private func score(_ point: [String: Any], _ kind: String, _ name: String) throws -> Double {
    try #require((point[kind] as? [String: Any])?[name] as? Double, "no \(name) in \(kind)")
  }

  private static func macroF1(_ rows: [(truth: String, said: String)]) -> Double {
    let classes = Set(rows.map(\.truth)).union(rows.map(\.said))
    let scores = classes.map { name in
      let hits = rows.count { $0.truth == name && $0.said == name }
      let all = rows.count { $0.truth == name } + rows.count { $0.said == name }
      return 2 * Double(hits) / Double(all)
    }
    return scores.reduce(0, +) / Double(classes.count)
  }
}
