import Cores
import Diagnostics

/// A file read from start to end in pieces; gzip data is recognised by its first bytes and unpacked.
///
/// Holds a few hundred kilobytes, whatever the size of the file. A file that changes while it is
/// read is an error that names it.
package struct InputFile: ~Copyable {
  package let path: String
  /// The name errors give, `path` unless the file is known to people by another.
  private let name: String
  private let file: OpenFile
  private let before: FileStatus
  private let isRegular: Bool
  private var hash: BLAKE3?
  private var inflater: GzipInflater?
  /// Bytes read from the file and not yet given or unpacked.
  private var raw = [UInt8](repeating: 0, count: 1 << 18)
  private var rawStart = 0
  private var rawEnd = 0
  /// How many bytes of the file were read.
  private var fileOffset = 0
  private var isInsideMember = false
  private var isAtFileEnd = false

  /// Opens a file that a person named.
  ///
  /// - Parameter hashing: whether `digest` is wanted once the end is reached.
  package init(_ path: String, hashing: Bool = false) throws(Diagnostic) {
    try self.init(OpenFile(path, for: .read), name: path, hashing: hashing)
  }

  init(_ file: consuming OpenFile, name: String, hashing: Bool) throws(Diagnostic) {
    path = file.path
    self.name = name
    (before, isRegular) = try file.status()
    self.file = file
    hash = hashing ? BLAKE3() : nil
    while rawEnd < 2, !isAtFileEnd { try refill() }
    if rawEnd >= 2, raw[0] == 0x1F, raw[1] == 0x8B {
      inflater = GzipInflater()
      isInsideMember = true
    }
  }

  /// Size of the file in bytes, as it lies on the disk.
  package var byteCount: Int { before.byteCount }

  /// How many bytes of the file were used so far, for progress: compressed ones if it is gzip data.
  package var bytesRead: Int { fileOffset - (rawEnd - rawStart) }

  package var isGzip: Bool { inflater != nil }

  /// The digest of the file's own bytes, once `read` returned 0 and if hashing was asked for.
  package var digest: Digest? { isAtFileEnd ? hash?.finalize() : nil }

  /// Appends at most `limit` bytes to the buffer and returns how many; 0 at the end.
  package mutating func read(
    into buffer: inout [UInt8], atMost limit: Int
  ) throws(Diagnostic) -> Int {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: limit))
    var span = buffer.mutableSpan
    var free = span.extracting(start...)
    let count = try read(into: &free)
    buffer.removeLast(limit - count)
    return count
  }

  /// Fills the buffer from its start and returns how many bytes it got; 0 at the end.
  package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(Diagnostic) -> Int {
    guard !buffer.isEmpty else { return 0 }
    while true {
      if rawStart == rawEnd, !isAtFileEnd { try refill() }
      let count = inflater == nil ? copy(into: &buffer) : try unpack(into: &buffer)
      if count > 0 { return count }
      guard isAtFileEnd, rawStart == rawEnd else { continue }
      if isInsideMember { throw Diagnostic(.truncatedGzip(name, offset: fileOffset)) }
      return 0
    }
  }

  private mutating func refill() throws(Diagnostic) {
    if rawStart == rawEnd { (rawStart, rawEnd) = (0, 0) }
    var span = raw.mutableSpan
    var free = span.extracting(rawEnd...)
    let count = try file.read(into: &free)
    hash?.update(raw.span.extracting(rawEnd..<rawEnd + count))
    rawEnd += count
    fileOffset += count
    if count == 0 {
      isAtFileEnd = true
      try checkUnchanged()
    }
  }

  private func checkUnchanged() throws(Diagnostic) {
    guard isRegular else { return }
    let after = try file.status().status
    if after != before || fileOffset != before.byteCount { throw Diagnostic(.changedWhileRead(name)) }
  }

  private mutating func copy(into buffer: inout MutableSpan<UInt8>) -> Int {
    let count = min(buffer.count, rawEnd - rawStart)
    for index in 0..<count { buffer[index] = raw[rawStart + index] }
    rawStart += count
    return count
  }

  private mutating func unpack(into buffer: inout MutableSpan<UInt8>) throws(Diagnostic) -> Int {
    if !isInsideMember { try startMember() }
    guard isInsideMember else { return 0 }
    let input = raw.span.extracting(rawStart..<rawEnd)
    guard let step = inflater?.step(input, into: &buffer) else { return 0 }
    rawStart += step.consumed
    switch step.state {
    case .underWay: break
    case .atMemberEnd: isInsideMember = false
    case .corrupt(let reason): throw Diagnostic(.corruptGzip(name, offset: bytesRead, reason))
    }
    return step.produced
  }

  /// Looks for another member; zeros after the last one are padding.
  private mutating func startMember() throws(Diagnostic) {
    while rawStart < rawEnd, raw[rawStart] == 0 { rawStart += 1 }
    guard rawStart < rawEnd else { return }
    guard raw[rawStart] == 0x1F else {
      throw Diagnostic(.corruptGzip(name, offset: bytesRead, "bytes after the end of the data"))
    }
    inflater?.reset()
    isInsideMember = true
  }
}

extension Diagnostic.Message {
  static func truncatedGzip(_ name: String, offset: Int) -> Self {
    Self(
      "'\(name)' ends in the middle of its gzip data, after byte \(offset)",
      remedy: "copy or download the file again")
  }

  static func corruptGzip(_ name: String, offset: Int, _ reason: String) -> Self {
    Self(
      "'\(name)' has corrupt gzip data near byte \(offset): \(reason)",
      remedy: "copy or download the file again; 'gzip -t' checks it")
  }

  static func changedWhileRead(_ name: String) -> Self {
    Self(
      "'\(name)' changed while it was read",
      remedy: "wait until nothing writes to it, then run again")
  }
}
