import TOML

/// A pipeline as its TOML file gives it: names, stages and their options, nothing resolved yet.
package struct Definition: Sendable {
  /// One `[stage.NAME]` table.
  package struct StageTable: Sendable {
    package let name: String
    package let kind: String
    /// Where the kind is named: the value of `kind`, or the header when it is the stage's name.
    let kindRange: SourceRange
    let headerRange: SourceRange
    let options: [GivenOption]
    let needs: StageNeeds
  }

  /// As the definition names it, else the name of its file.
  package let name: String
  package let seed: UInt64
  /// Whether the scores on test rows are kept for the end, and so neither computed nor shown.
  package let keepsTest: Bool
  /// Whether they are kept for the end and `--final` asks for them.
  package let showsKeptTest: Bool
  package let stages: [StageTable]
  package let sweeps: [Sweep]
  /// Where its stages are carried out; empty where it does not say.
  package let executor: ExecutorTable
  /// All that overrides the options of the file.
  package let overlay: [GivenOverlay]
  package let source: TOMLSource
  /// The folder the definition is in, as its path was given; empty for the working folder.
  package let folder: String

  /// The definition without some of its stages.
  package func leavingOut(_ names: [String]) -> Definition {
    replacing(
      stages: stages.filter { !names.contains($0.name) }, seed: seed, overlay: overlay)
  }

  /// The definition with other stages.
  func replacing(
    stages: [StageTable], seed: UInt64, overlay: [GivenOverlay]
  ) -> Definition {
    Definition(
      name: name, seed: seed, keepsTest: keepsTest, showsKeptTest: showsKeptTest, stages: stages,
      sweeps: sweeps, executor: executor, overlay: overlay, source: source, folder: folder)
  }

  /// The options that override the file's own: `train.epochs=4`.
  package var settings: [String] {
    overlay.filter { !$0.isFinal }.map { "\($0.name)=\($0.spelling)" }
  }

  /// The path of the file, as it was given.
  package var path: String { source.file }
}
