/// The files outside the store that the outputs of stages come from, found in one pass: O(stages).
struct FilesBehind {
  /// The files of one output.
  private struct Files {
    /// The one that is met first on the way back; nil without any.
    var first: String?
    var all: Set<String> = []

    mutating func add(_ files: Files) {
      first = first ?? files.first
      if all.isEmpty { all = files.all } else { all.formUnion(files.all) }
    }
  }

  /// By the place of a stage, its outputs' files by their ports.
  private var files: [[String: Files]] = []

  /// - Parameter stages: each after those that it reads from.
  init(_ stages: [PlannedStage]) {
    for stage in stages {
      var before = Files()
      for input in stage.inputs.reversed() { before.add(files(of: input)) }
      // Looked for once, not for each of the parts of a split of thousands.
      let lines = stage.keyLines.filter { $0.content.isOutside }
      var outputs: [String: Files] = [:]
      for port in stage.outputs {
        let own = lines.isEmpty ? [] : stage.ownFiles(for: port, among: lines)
        var files = Files(first: own.first, all: Set(own))
        files.add(before)
        outputs[port.name] = files
      }
      files.append(outputs)
    }
  }

  /// The first file that an input comes from, if the other comes from that and from all others too.
  func common(to input: StageInput, and other: StageInput) -> String? {
    let own = files(of: input)
    return own.all.isSubset(of: files(of: other).all) ? own.first : nil
  }

  private func files(of input: StageInput) -> Files {
    files[input.source.stage][input.source.port.name] ?? Files()
  }
}

extension PlannedStage {
  /// The files that the stage itself reads for an output.
  ///
  /// - Parameter paths: the lines of its key that name files.
  fileprivate func ownFiles(for port: Port, among paths: [KeyLine]) -> [String] {
    guard case .files(let line?) = stage.rows(of: port) else {
      return paths.flatMap(\.content.paths)
    }
    return paths.filter { $0.name == line || $0.name.hasPrefix("\(line).") }
      .flatMap(\.content.paths)
  }
}
