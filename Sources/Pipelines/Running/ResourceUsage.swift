import Files
import Glibc

/// What the process has used so far.
enum ResourceUsage {
  static var cpuSeconds: Double {
    guard let usage = system else { return 0 }
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    let microseconds = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return seconds + microseconds * 1e-6
  }

  /// The most memory it ever held, in bytes.
  ///
  /// `getrusage` counts what the process that started this one held before as this one's, so that is asked
  /// only where there is no `/proc`.
  static var peakBytes: Int {
    let bytes = (try? FileBytes.read("/proc/self/status", in: SystemFiles())) ?? nil
    for line in (bytes ?? []).split(separator: UInt8(ascii: "\n"))
    where line.starts(with: "VmHWM:".utf8) {
      let digits = line.filter { (0x30...0x39).contains($0) }
      if let kibibytes = Int(String(decoding: digits, as: UTF8.self)) { return kibibytes * 1024 }
    }
    return (system?.ru_maxrss ?? 0) * 1024
  }

  private static var system: rusage? {
    var usage = rusage()
    guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
    return usage
  }
}
