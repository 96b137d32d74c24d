import Glibc

/// A sweep whose points are all up to date, as a whole process.
enum CachedSweep {
  private static let pointCount = 18

  static func run() throws {
    let folder = try WorkFolder()
    try ScalingSubject.prepareSweep(pointCount, folder)
    guard let first = ChildProcess(ScalingSubject.sweep(folder)), first.exitCode == 0 else {
      return ChildProcess.sayNotRun("cached-sweep")
    }
    // Files changed in the last two seconds are read again rather than trusted.
    sleep(3)
    let runs = ChildProcess.runs(31, of: ScalingSubject.sweep(folder))
    Measurement(
      subject: "sweep of \(pointCount) points, all cached", unit: "ms",
      values: runs.map(\.milliseconds)
    ).show()
  }
}
