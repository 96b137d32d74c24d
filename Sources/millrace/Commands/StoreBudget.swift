import Artifacts
import Diagnostics
import Formats
import Pipelines
import Stages

/// A size that a store is brought down to after a run, by evicting what is cheap to make again.
struct StoreBudget {
  let byteCount: Int

  /// The result of bringing the store to its budget.
  struct Outcome {
    fileprivate let plan: CollectionPlan
  }

  /// Evicts bytes until the store fits, or nothing more may be evicted.
  func keep(_ store: ArtifactStore) throws(Diagnostic) -> Outcome {
    var policy = CollectionPolicy.ofArtifacts
    policy.byteCount = byteCount
    policy.removesRecords = false
    let current = try DefinitionRoot.currentKeys(in: store, catalog: .standard)
    return Outcome(plan: try CollectionPlan.carryOut(in: store, policy, current: current))
  }
}

extension StoreBudget.Outcome {
  /// `store 1.9 GB of 2.0 GB; evicted 3 results, 312 MB, 42.0 s to make again`.
  var text: String {
    let budget = Spelling.bytes(plan.policy.byteCount ?? 0)
    var text = "store \(Spelling.bytes(plan.after)) of \(budget)"
    if plan.excess > 0 { text += ", \(Spelling.bytes(plan.excess)) over: all of it is needed" }
    guard !plan.evicted.isEmpty else { return text }
    let seconds = plan.evicted.reduce(0) { $0 + $1.record.seconds }
    return text + "; evicted \(Spelling.count(plan.evicted.count, "result")), "
      + "\(Spelling.bytes(plan.before - plan.after)), \(Spelling.duration(seconds)) to make again"
  }

  var json: JSONValue {
    [
      "event": "store", "bytes": .integer(plan.after),
      "budget-bytes": .integer(plan.policy.byteCount ?? 0), "excess-bytes": .integer(plan.excess),
      "evicted-bytes": .integer(plan.before - plan.after),
      "evicted": .array(plan.evicted.map { .string("\($0.record.key)") }),
    ]
  }
}
