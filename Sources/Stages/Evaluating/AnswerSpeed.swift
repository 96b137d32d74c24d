import Files
import Formats
import Pipelines

/// How fast a classifier answers rows, kept among the facts of the stage that scores it.
package enum AnswerSpeed {
  package static let fact = "rows-per-second"

  /// Measures how long `answer` takes for so many rows.
  static func measure<Result, Failure: Error>(
    _ rows: Int, _ work: StageWork, _ answer: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = WorkClock.now
    let result = try answer()
    let seconds = start.secondsSoFar
    if rows > 0, seconds > 0 { work.note(fact, .number(Double(rows) / seconds)) }
    return result
  }
}
