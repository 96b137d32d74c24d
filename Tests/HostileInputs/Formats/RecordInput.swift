import Artifacts
import Digests

extension HostileFormat {
  /// A record whose checksum is right, as somebody else may have written it.
  static let record = HostileFormat(
    "record",
    words: [
      "record\t1\n", "output\t", "facts\t", "seconds\t", "cpu-seconds\t", "peak-bytes\t", "host\t",
      "key\t", "log\t", "nan", "-1", "1e300", "inf", "9223372036854775807", "../../..", "/", "\t",
      "\n", String(repeating: "0", count: 64),
    ]
  ) { bytes throws(Violation) in
    let sealed = bytes + Array("checksum\t\(BLAKE3.digest(of: bytes.span))\n".utf8)
    guard let record = Record(text: sealed) else { return false }
    try require(
      (record.seconds + record.cpuSeconds).isFinite && record.seconds >= 0
        && record.cpuSeconds >= 0 && record.peakBytes >= 0
        && record.outputs.allSatisfy { $0.byteCount >= 0 }, "\(record)")
    _ = record.facts
    guard let again = Record(text: Array(record.text.utf8)) else {
      throw Violation("it is not read again: \(record)")
    }
    try require(again.text == record.text, "\(record) and \(again)")
    return true
  }
}
