import Fixtures
import Foundation
import Testing

/// Completion of command lines, as the program gives it and as shells ask for it.
@Suite struct `Completing a command line` {
  private static let definition = """
    [stage.first]
    kind = "load"
    path = "rows.csv"
    text = "text"
    label = "label"
    [stage.parts]
    kind = "split"
    from = "first"
    [stage.words]
    kind = "learn-vocabulary"
    from = "parts.train"
    [stage.ids]
    kind = "binarize"
    from = "parts"
    vocabulary = "words"
    [stage.lstm]
    kind = "train"
    model = "lstm-classifier"
    from = "ids.train"
    valid = "ids.valid"
    [stage.score]
    kind = "evaluate"
    from = "ids.test"
    model = "lstm"
    """

  private static let sweeps = """

    [sweep.rates]
    grid = { "lstm.learning-rate" = [1e-3, 1e-2] }
    [sweep.sizes]
    list = [{ "lstm.hidden" = 8 }]
    """

  private func names(after words: String...) throws -> [String] { try names(after: words) }

  private func names(after words: [String]) throws -> [String] {
    let millrace = try Millrace(files: [
      "small.toml": Self.definition, "swept.toml": Self.definition + Self.sweeps,
      "rows.csv": "text,label\na,b\n",
    ])
    let said = try millrace.start([Millrace.program.path, "complete", "--"] + words).finish()
    #expect(said.exitCode == 0 && said.errors.isEmpty)
    return said.output.split(separator: "\n").map { line in
      String(line.prefix { $0 != "\t" })
    }
  }

  @Test func `commands, their options, and the choices of an option`() throws {
    #expect(try names(after: "sta") == ["status", "stages"])
    #expect(try names(after: "graph", "small.toml", "--fo") == ["--format"])
    #expect(try names(after: "graph", "--format", "") == ["text", "dot", "mermaid", "svg"])
    #expect(try names(after: "completions", "") == ["bash", "zsh", "fish"])
    #expect(try names(after: "stages", "learn-") == ["learn-bpe", "learn-vocabulary"])
  }

  @Test func `the stages, ports and options of the definition at hand`() throws {
    #expect(try names(after: "show", "small.toml", "pa") == ["parts"])
    #expect(
      try names(after: "show", "small.toml", "parts.") == [
        "parts.train", "parts.valid", "parts.test",
      ]
    )
    let options = try names(after: "run", "small.toml", "--set", "parts.s")
    #expect(options.contains("parts.stratify=") && options.allSatisfy { $0.hasPrefix("parts.s") })
    #expect(try names(after: "run", "small.toml", "--set=first.hea") == ["first.header="])
  }

  @Test func `an option's values, each option once, however a shell cuts the word`() throws {
    for words in [["--set", "lstm.optimizer=ada"], ["--set", "lstm.optimizer", "=", "ada"]] {
      #expect(
        try names(after: ["run", "small.toml"] + words) == [
          "lstm.optimizer=adam", "lstm.optimizer=adamw", "lstm.optimizer=adadelta",
        ])
    }
    #expect(
      try names(after: "sweep", "small.toml", "lstm.bidirectional=true,") == [
        "lstm.bidirectional=true,true", "lstm.bidirectional=true,false",
      ])
    #expect(
      try names(after: "run", "small.toml", "--set", "lstm.optim") == ["lstm.optimizer="])
  }

  @Test func `stages to run, and only those that make a model where a model is wanted`() throws {
    #expect(try names(after: "run", "small.toml", "ls") == ["lstm", ":files"])
    #expect(try names(after: "status", "small.toml", "words", "ls") == ["lstm"])
    for command in ["classify", "translate", "export"] {
      #expect(try names(after: command, "small.toml", "") == ["lstm"])
    }
  }

  @Test func `sweeps, their points, and what a table is sorted by`() throws {
    for command in ["sweep", "table"] {
      #expect(try names(after: command, "swept.toml", "").starts(with: ["rates", "sizes"]))
    }
    #expect(
      try names(after: "show", "swept.toml", "--point", "") == [
        "rates.best", "rates.1", "rates.2", "sizes.best", "sizes.1",
      ])
    #expect(
      try names(after: "table", "swept.toml", "rates", "--sort", "").starts(with: [
        "point", "lstm.learning-rate", "score.macro-f1",
      ]))
    #expect(try names(after: "table", "swept.toml", "--format", "m") == ["markdown"])
  }

  @Test func `columns of the data, and pins and runs of the store`() throws {
    #expect(try names(after: "init", "rows.csv", "--text", "") == ["text", "label"])
    #expect(
      try names(after: "classify", "small.toml", "--input", "rows.csv", "--text", "")
        == ["text", "label"])
    let pipeline = try ShownPipeline.shared
    func offered(_ words: String) throws -> [String] {
      try pipeline.millrace("complete -- \(words)").output.split(separator: "\n").map { line in
        String(line.prefix { $0 != "\t" })
      }
    }
    #expect(try offered("show --store store la") == ["last", ":files"])
    #expect(try pipeline.call("pin", "train.model", "--name", "kept-model").code == 0)
    #expect(try offered("unpin --store store kept") == ["kept-model"])
    #expect(try pipeline.millrace("unpin kept-model --store store").code == 0)
  }

  @Test func `files where files stand`() throws {
    #expect(try names(after: "run", "") == [":files"])
    #expect(try names(after: "report", "small.toml", "-o", "") == [":files"])
  }

  @Test func `nothing, and no error, for a definition that is not there`() throws {
    #expect(try names(after: "show", "nowhere.toml", "").isEmpty)
  }

  /// The line that makes a shell complete `words`, printing what it would offer.
  private static let shells: [(shell: String, script: String)] = [
    (
      "bash",
      """
      eval "$(millrace completions bash)"; compopt() { :; }
      COMP_WORDS=($WORDS); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _millrace
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    ),
    (
      "zsh",
      """
      compdef() { : }; _files() { print -l ${words[CURRENT]}*(N) }
      _describe() { local list=$3; print -l ${${(P)list}%%:*} }
      eval "$(millrace completions zsh)"; words=(${=WORDS}); CURRENT=${#words}; _millrace
      """
    ),
    (
      "fish",
      """
      millrace completions fish | source; complete -C "$WORDS" | string replace -r '\\t.*' ''
      """
    ),
  ]

  @Test(arguments: shells)
  func `shells offer what the program says`(shell: String, script: String) throws {
    let millrace = try Millrace(files: ["small.toml": Self.definition, "bin/none": ""])
    try FileManager.default.createSymbolicLink(
      atPath: millrace.folder.path("bin/millrace"), withDestinationPath: Millrace.program.path)
    guard try millrace.shell("command -v \(shell)").exitCode == 0 else {
      print("not run: completion in \(shell), which is not installed")
      return
    }
    let path = "\(millrace.folder.path("bin")):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    for (words, expected) in [
      ("millrace sta", ["stages", "status"]), ("millrace show small.toml par", ["parts"]),
      ("millrace run small.toml --set first.hea", ["first.header="]),
      ("millrace run sma", ["small.toml"]),
      ("millrace graph small.toml --format me", ["mermaid"]),
    ] {
      let offered = try millrace.start(
        ["/usr/bin/env", shell, "-c", script],
        environment: ["PATH": path, "WORDS": words, "HOME": millrace.folder.url.path]
      ).finish()
      let names = offered.output.split(separator: "\n").map(String.init).sorted()
      #expect(names == expected, "\(shell), \(words): \(offered.errors)")
    }
  }
}
