import Artifacts
import Diagnostics
import Files

/// A run that a question was answered with before, and that found every stage done.
///
/// While a look at everything that it looked at gives the same, asking again comes to the same end, and
/// nothing need be planned. It is kept as findings of the store, under the name by which the store knows
/// the plan's keys. They are a cache only: what is not certain is planned anew.
package struct UpToDateRun: Sendable {
  private let note: UpToDateNote
  private let findings: Findings

  /// Nil where no such run is known, or the plan's keys were changed since by another.
  package init?(answering question: RunQuestion, in store: ArtifactStore) {
    let name = PreviousKeys.rootName(ofDefinition: DefinitionRoot.canonical(question.path))
    guard let findings = store.findings(named: name),
      let note = UpToDateNote(text: findings.text, answering: question),
      findings.count == note.stages.count, store.rootStatus(named: name) == note.root
    else { return nil }
    self.note = note
    self.findings = findings
  }

  /// The most characters of a stage's name in the whole plan.
  package var nameWidth: Int { note.nameWidth }

  /// What is allowed in the definition but probably not meant, in its order.
  package var likelyMistakes: [Diagnostic] { Plan.inOrder(note.likelyMistakes) }

  /// Does the run, which tells what the run before it told.
  ///
  /// - Parameter begin: called once it is certain that there is nothing to do, before anything is told.
  /// - Returns: nil where something has changed, so that a plan is needed; nothing was told then.
  /// - Throws: when the store takes no journal.
  package func repeated(
    in store: ArtifactStore, request: RunRequest, interruption: Interruption,
    beginning begin: () -> any RunObserver
  ) throws(Diagnostic) -> RunReport? {
    let started = WorkClock.now
    let startedWhen = Clock.text()
    // What cannot be looked up is told of by a run with a plan, each thing at its stage.
    guard !store.isReadOnly, let hold = try? store.hold() else { return nil }
    defer { withExtendedLifetime(hold) {} }
    return try interruption.polled { () throws(Diagnostic) in
      // A record of a later time than now says more of a run than that it is there.
      guard let records = recordsAsTheyWere(in: store), !interruption.isRequested,
        records.allSatisfy({ $0.when <= startedWhen })
      else { return nil }
      var log = try RunLog(begin(), in: store, for: request)
      store.removeLeftBehind()
      log.note(.started(note.subject, request))
      let reports = zip(note.stages, records).map { stage, record in
        StageReport(
          stage: stage, trial: nil, outcome: .cached(nil), key: nil, record: record, seconds: 0)
      }
      for report in reports { log.tell(.ended(report)) }
      let report = RunReport(stages: reports, seconds: started.secondsSoFar)
      log.note(.finished(report))
      log.write(isEnd: true)
      for notice in store.takeNotices() { log.tell(.noticed(notice)) }
      return report
    }
  }

  /// The records of the stages; nil where something has changed, or cannot be looked at.
  private func recordsAsTheyWere(in store: ArtifactStore) -> [Record]? {
    store.lookingUp {
      note.holds(in: store) ? (try? store.records(of: findings)) ?? nil : nil
    }
  }
}
