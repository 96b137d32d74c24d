import Stages

/// Every command; a new one is one file in `Commands` and one entry here.
enum CommandList {
  static let all: [any Command.Type] = [
    RunPipeline.self, Status.self, Explain.self, Check.self, Graph.self, ListStages.self,
    Show.self, Trace.self, Diff.self, Report.self, RunSweep.self, ShowTable.self, ListRuns.self,
    Work.self,
    Classify.self, Translate.self, Score.self, Export.self, Initialize.self,
    Verify.self, CollectGarbage.self, PinResult.self, Unpin.self, Push.self, Pull.self,
    PrintCompletions.self,
    PrintSchema.self,
  ]

  /// Commands for other programs, which no help lists.
  static let hidden: [any Command.Type] = [Complete.self]

  static func command(named name: String) -> (any Command.Type)? {
    (all + hidden).first { $0.name == name }
  }
}
