import Artifacts
import Diagnostics

extension StageWorker {
  /// Carries out a written order.
  ///
  /// It changes the working folder and the environment of the process to what they were when the
  /// order was written.
  package func perform(_ order: WrittenOrder, cores: Int, catalog: StageCatalog) -> StageEnding {
    do throws(Diagnostic) {
      EnvironmentWords.set(order.variables)
      try WorkingFolder.change(to: order.folder)
      let plan: Plan
      switch Plan.read(
        Array(order.extract.text.utf8), file: order.path, overlay: order.overlayOfExtract,
        catalog: catalog)
      {
      case .plan(let read): plan = read
      case .problems(let problems): throw problems[0]
      }
      guard let stage = plan[order.stage] else { throw Diagnostic(.unplanned(order.stage)) }
      return perform(
        stage, of: plan, cores: cores, bytesOf: order.neededPorts, readPorts: order.readPorts,
        expecting: order.key)
    } catch { return .failed(error, seconds: 0) }
  }
}

extension Diagnostic.Message {
  fileprivate static func unplanned(_ stage: String) -> Self {
    Self(
      "the definition of the order has no stage '\(stage)' that may run",
      remedy: "run the pipeline again")
  }
}
