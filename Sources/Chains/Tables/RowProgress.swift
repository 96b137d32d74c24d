import Diagnostics
import Pipelines

/// Reports how fast rows are processed, and how long the rest of the file will take.
package struct RowProgress {
  private let work: StageWork
  private let started = ContinuousClock.now

  package init(of work: StageWork) { self.work = work }

  /// Reports how many rows are done, and how many bytes of their file were read.
  package func report(rows: Int, bytesRead: Int, of byteCount: Int) {
    let (whole, attoseconds) = started.duration(to: .now).components
    let seconds = Double(whole) + Double(attoseconds) * 1e-18
    let share = byteCount > 0 ? min(1, Double(bytesRead) / Double(byteCount)) : 1
    let rate = seconds > 0 ? Int(Double(rows) / seconds) : 0
    work.progress(
      StageProgress(
        fraction: share, text: "\(Spelling.count(rows)) rows  \(Spelling.count(rate)) rows/s",
        secondsLeft: share > 0 ? seconds / share - seconds : nil))
  }
}
