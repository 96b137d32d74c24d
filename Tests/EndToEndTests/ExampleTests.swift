import Fixtures
import Foundation
import Testing

/// The example on each command's screen of help, run as it stands there on the shipped files.
@Suite struct `Trying the examples of the help` {
  /// Makes what examples of commands further down the list look at, in the seconds that a test has.
  private static let preparations = [
    "report": "millrace run pipelines/classify-bios.toml --set train.hidden=32",
    "diff": "millrace run pipelines/classify-bios.toml --set train.hidden=32",
    "score": "tail -n 50 fixtures/en-fr.tsv | cut -f 2 | tee right.fr > translated.fr",
    "translate": "millrace run pipelines/translate-en-fr.toml \(tiny)",
    "work": "millrace run pipelines/classify-bios.toml --set clean.lowercase=false --print-jobs"
      + " | cut -d ' ' -f 3 > wave.keys",
  ]

  /// What makes an example quick without changing what it shows.
  private static let additions = ["sweep": "--dry-run", "translate": tiny, "export": tiny]

  private static let tiny = [
    "learn-bpe.merges=60", "train.embedding=8", "train.encoder-channels=[8]",
    "train.decoder-channels=[8]", "train.output-embedding=8", "train.epochs=1",
    "evaluate.resamples=0",
  ].map { "--set '\($0)'" }.joined(separator: " ")

  @Test(.timeLimit(.minutes(120)))
  func `every example does what it says`() throws {
    let millrace = try Millrace()
    // Copies, since a store beside the project's own definitions would be used for links to them.
    for name in ["pipelines", "fixtures"] {
      try FileManager.default.copyItem(
        at: Folders.project.appending(path: name),
        to: millrace.folder.url.appending(path: name))
    }
    #expect(try millrace("run", "pipelines/classify-bios.toml").exitCode == 0)
    let commands = try millrace("--help").output.matches(of: /\n {2}([a-z]+) {2,}/).map {
      String($0.1)
    }
    for command in commands {
      if let preparation = Self.preparations[command] {
        let prepared = try millrace.shell(preparation)
        #expect(prepared.exitCode == 0, "\(preparation): \(prepared.errors)")
      }
      let screen = try millrace(command, "--help").output
      let line = try #require(screen.split(separator: "\n").last { $0.hasPrefix("example: ") })
      // What stands in brackets behind it is said to the reader.
      let example = line.dropFirst("example: ".count).components(separatedBy: "   (")[0]
      let words = [example, Self.additions[command] ?? ""].joined(separator: " ")
      let result = try millrace.shell(words)
      #expect(result.exitCode == 0 && result.errors.isEmpty, "\(words): \(result.errors)")
      if command == "classify" { #expect(result.output.hasPrefix("chef\t0.9")) }
    }
    #expect(commands.count > 10)
  }
}
