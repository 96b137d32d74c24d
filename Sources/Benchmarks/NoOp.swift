import Foundation

/// A run of a pipeline that is up to date, as a whole process.
struct NoOp {
  let stageCount: Int

  /// A chain of cheap stages, and a tenth of them side by side, joined at the end.
  var definition: String {
    var text = "[stage.load]\npath = \"rows.csv\"\ntext = 1\nheader = false\n"
    let besideCount = stageCount / 10
    var last = "load"
    for index in 0..<stageCount - besideCount - 2 {
      text += "\n[stage.link-\(index)]\nkind = \"tokenize\"\nrules = \"moses\"\n"
      text += "protect = \"\(index)\"\n"
      text += "from = \"\(last)\"\n"
      last = "link-\(index)"
    }
    for index in 0..<besideCount {
      text += "\n[stage.beside-\(index)]\nkind = \"tokenize\"\nrules = \"moses\"\n"
      text += "aggressive = true\nprotect = \"\(index)\"\n"
      text += "from = \"link-\(index)\"\n"
    }
    let parts = (0..<besideCount).map { "part-\($0) = \"beside-\($0)\"" }
    return text + "\n[stage.join]\nkind = \"split\"\nfrom = \"\(last)\"\n"
      + "parts = { train = \"rest\", \(parts.joined(separator: ", ")) }\n"
  }

  func run() throws {
    let program = ChildProcess.millrace
    let folder = try WorkFolder()
    try folder.write("rows.csv", "some words\nand some more\n")
    try folder.write("pipeline.toml", definition)
    let words = [
      program, "run", "\(folder.path)/pipeline.toml", "--store", "\(folder.path)/store",
    ]
    guard let first = ChildProcess(words), first.exitCode == 0 else {
      return ChildProcess.sayNotRun("no-op")
    }
    // Files changed in the last two seconds are read again rather than trusted.
    sleep(3)
    let runs = ChildProcess.runs(31, of: words)
    Measurement(
      subject: "no-op run, \(stageCount) stages", unit: "ms", values: runs.map(\.milliseconds),
      peers: [Peer("ninja", try ninja(in: folder))].compactMap(\.self)
    ).show()
    Measurement(
      subject: "no-op run, \(stageCount) stages, memory", unit: "MB",
      values: runs.map { Double($0.peakBytes) / 1e6 }
    ).show()
  }

  /// What ninja needs for a chain of as many steps; nil when it is not installed or not asked for.
  private func ninja(in folder: WorkFolder) throws -> Double? {
    guard BenchmarkOptions.current.measuresPeers else { return nil }
    // Its log lies in that folder too.
    var text = "builddir = \(folder.path)\nrule copy\n  command = cp $in $out\n"
    for index in 0..<stageCount {
      text += "build \(folder.path)/\(index + 1): copy "
      text += index == 0 ? "\(folder.path)/rows.csv\n" : "\(folder.path)/\(index)\n"
    }
    try folder.write("build.ninja", text)
    let words = ["ninja", "-f", "\(folder.path)/build.ninja"]
    guard let first = ChildProcess(words), first.exitCode == 0 else { return nil }
    let times = ChildProcess.runs(15, of: words).map(\.milliseconds)
    return times.sorted()[times.count / 2]
  }
}
