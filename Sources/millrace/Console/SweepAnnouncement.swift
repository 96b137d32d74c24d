import Diagnostics
import Formats
import Pipelines
import Sweeps
import Views

/// The lines printed before a sweep: how much there is to run, and the time and space it will take.
struct SweepAnnouncement {
  let plan: SweepPlan
  let forecast: SweepForecast
  let cores: Int

  /// What each line says behind its heading.
  var lines: [(heading: String, text: String)] {
    let sweep = plan.sweep
    var work = Spelling.count(plan.points.count, "point")
    if let repetitions = plan.repetitions {
      work += " × \(repetitions) = \(Spelling.count(plan.trials.count, "run"))"
    }
    if plan.extents.count > 1, let name = plan.extentName {
      let extents = plan.extents.compactMap { $0.map(String.init) }.joined(separator: ", ")
      work += "; the best 1/\(sweep.halving?.factor ?? 2) go on through \(name) = \(extents)"
    }
    let stages =
      "\(Spelling.count(forecast.stagesToRun)) of \(Spelling.count(forecast.stageCount)) to run, "
      + "\(forecast.sharedStages) shared"
    return [
      ("sweep \(sweep.name): ", work), ("  stages    ", stages), ("  forecast  ", forecastText),
    ]
  }

  private var forecastText: String {
    guard let seconds = forecast.seconds, let kept = forecast.keptBytes,
      let peak = forecast.peakBytes
    else {
      return "unknown: no record of \(forecast.unknownKinds.joined(separator: ", ")) in this store"
    }
    if forecast.stagesToRun == 0 { return "nothing to do" }
    return "about \(Spelling.duration(seconds)) on \(Spelling.count(cores, "core")), "
      + "\(Spelling.bytes(kept)) of disk, up to \(Spelling.bytes(peak)) meanwhile"
  }

  var json: JSONValue {
    [
      "event": "planned", "sweep": .string(plan.sweep.name), "points": .integer(plan.points.count),
      "runs": .integer(plan.trials.count), "stages": .integer(forecast.stageCount),
      "stages-to-run": .integer(forecast.stagesToRun),
      "stages-shared": .integer(forecast.sharedStages),
      "forecast-seconds": forecast.seconds.map { .milliseconds(of: $0) } ?? "unknown",
      "forecast-bytes": forecast.keptBytes.map { .integer($0) } ?? "unknown",
      "forecast-peak-bytes": forecast.peakBytes.map { .integer($0) } ?? "unknown",
    ]
  }
}
