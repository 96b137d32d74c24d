import Artifacts
import Dispatch
import Pipelines
import ToyStages

/// Carries orders out one after the other, each by a worker that has the plan and the store alone.
final class QueueExecutor: Executor {
  private let plan: Plan
  private let store: String
  private let queue = DispatchQueue(label: "orders")

  init(plan: Plan, store: String) {
    self.plan = plan
    self.store = store
  }

  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    queue.async { end(self.work(on: order)) }
  }

  private func work(on order: StageOrder) -> StageEnding {
    let worker = StageWorker(
      in: ArtifactStore(root: store, isDurable: false), interruption: Interruption(),
      observer: Heard())
    return worker.perform(
      plan.stages[order.stage.index], of: plan, cores: order.cores, bytesOf: order.neededPorts)
  }
}
