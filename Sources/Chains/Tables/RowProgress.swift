import Diagnostics
import Files
import Pipelines

/// Reports how fast rows are processed, and how long the rest of the file will take.
package struct RowProgress {
  private let work: StageWork
  private let started = WorkClock.now

  package init(of work: StageWork) { self.work = work }

  /// Reports how many rows are done, and how much of their file was read.
  package func report(rows: Int, _ progress: ReadProgress) {
    let seconds = started.secondsSoFar
    let share = progress.share ?? 1
    let rate = seconds > 0 ? Int(Double(rows) / seconds) : 0
    work.progress(
      StageProgress(
        fraction: share, text: "\(Spelling.count(rows, "row")) · \(Spelling.count(rate)) rows/s",
        secondsLeft: share > 0 ? seconds / share - seconds : nil))
  }
}
