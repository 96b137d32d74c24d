/// Every command; a new one is one file in `Commands` and one entry here.
enum CommandList {
  static let all: [any Command.Type] = [
    RunPipeline.self, Status.self, Explain.self, Check.self, Graph.self, ListStages.self,
    Show.self, Trace.self, Diff.self, Report.self,
    Classify.self, Translate.self, Export.self,
    Verify.self, CollectGarbage.self, PinResult.self, Unpin.self,
  ]
}
