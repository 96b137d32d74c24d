import Diagnostics
import Digests
import Glibc

/// A file read from start to end in pieces; gzip data is recognised by its first bytes and unpacked.
///
/// Holds a few hundred kilobytes, whatever the size of the file. A file that changes while it is
/// read is an error that names it.
package struct InputFile: ~Copyable {
  package let path: String
  /// The name that errors give, which is `path` unless people know the file by another name.
  private let name: String
  private let file: OpenFile
  private let before: FileStatus
  /// Whether it can be read again from its start.
  package let isRegular: Bool
  private let shouldStop: () -> Bool
  private let isUnpacking: Bool
  private var hash: BLAKE3?
  private var inflater: GzipInflater?
  private var isInsideMember = false
  /// Bytes read from the file and not yet given or unpacked.
  private var raw: [UInt8]
  private static let mostRaw = 1 << 18
  private var rawRange = 0..<0
  /// How many bytes of the file were read.
  private var fileOffset = 0
  private var isAtFileEnd = false

  /// Opens a file that a person named.
  ///
  /// - Parameters:
  ///   - allowingPipes: whether it may be a pipe or a device, which can be read only once.
  ///   - hashing: whether `digest` is wanted once the end is reached.
  ///   - shouldStop: asked while a pipe has no bytes; a read then throws.
  package init(
    _ path: String, allowingPipes: Bool = false, hashing: Bool = false,
    unless shouldStop: @escaping () -> Bool = { false }
  ) throws(Diagnostic) {
    let file = try OpenFile(path, for: allowingPipes ? .stream : .read, in: SystemFiles())
    try self.init(file, name: path, unpacking: true, hashing: hashing, unless: shouldStop)
  }

  /// - Parameter unpacking: whether gzip data is to be recognised.
  package init(
    _ file: consuming OpenFile, name: String, unpacking: Bool, hashing: Bool = false,
    unless shouldStop: @escaping () -> Bool = { false }
  ) throws(Diagnostic) {
    let (status, isRegular) = try file.status()
    self.init(file, name, status, isRegular, unpacking, hashing: hashing, shouldStop)
  }

  private init(
    _ file: consuming OpenFile, _ name: String, _ status: FileStatus, _ isRegular: Bool,
    _ isUnpacking: Bool, hashing: Bool, _ shouldStop: @escaping () -> Bool
  ) {
    path = file.path
    self.name = name
    self.file = file
    before = status
    self.isRegular = isRegular
    self.isUnpacking = isUnpacking
    self.shouldStop = shouldStop
    hash = hashing ? BLAKE3() : nil
    // One byte more than the file has, so that its end is seen with its last bytes.
    let most = isRegular ? max(1, min(status.byteCount, Self.mostRaw - 1)) + 1 : Self.mostRaw
    raw = [UInt8](repeating: 0, count: most)
  }

  /// Size of the file in bytes, as it lies on the disk.
  package var byteCount: Int { before.byteCount }

  /// How many bytes of the file were used so far, for progress: compressed ones if it is gzip data.
  package var bytesRead: Int { fileOffset - rawRange.count }

  /// How much of it was used so far.
  package var progress: ReadProgress { ReadProgress(bytesRead, of: byteCount) }

  /// The digest of the file's own bytes, once `read` returned 0 and if hashing was asked for.
  package var digest: Digest? { isAtFileEnd ? hash?.finalize() : nil }

  /// Appends at most `limit` bytes to the buffer and returns how many; 0 at the end.
  package mutating func read(
    into buffer: inout [UInt8], atMost limit: Int
  ) throws(Diagnostic) -> Int {
    precondition(limit > 0, "a read of at most \(limit) bytes")
    if isPassedOn { return try appendFile(to: &buffer, atMost: limit) }
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: limit))
    let count = try fill(&buffer, from: start)
    buffer.removeLast(limit - count)
    return count
  }

  /// Fills the buffer from `start` on as far as one read gives and returns how far; 0 at the end.
  package mutating func fill(_ buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    precondition(start < buffer.count, "a read into none of \(buffer.count) bytes from \(start)")
    if isUnpacking, fileOffset == 0, !isAtFileEnd { try recogniseGzip() }
    return inflater == nil
      ? try copy(into: &buffer, from: start) : try unpack(into: &buffer, from: start)
  }

  /// Whether what is read next is given as it lies in the file.
  private var isPassedOn: Bool {
    inflater == nil && rawRange.isEmpty && !isAtFileEnd && !(isUnpacking && fileOffset == 0)
  }

  private mutating func recogniseGzip() throws(Diagnostic) {
    while rawRange.count < 2, !isAtFileEnd {
      try refill()
    }
    guard rawRange.count >= 2, raw[0] == 0x1F, raw[1] == 0x8B else { return }
    inflater = GzipInflater()
    isInsideMember = true
  }

  /// Adds to the bytes at the start of `raw`.
  private mutating func refill() throws(Diagnostic) {
    var bytes: [UInt8] = []
    swap(&bytes, &raw)
    defer { swap(&bytes, &raw) }
    let kept = rawRange.count
    rawRange = 0..<kept
    rawRange = 0..<kept + (try readFile(into: &bytes, from: kept))
  }

  private mutating func readFile(
    into buffer: inout [UInt8], from start: Int
  ) throws(Diagnostic) -> Int {
    if !isRegular { try waitForBytes() }
    return try note(try file.read(into: &buffer, from: start), at: start, of: buffer)
  }

  private mutating func appendFile(
    to buffer: inout [UInt8], atMost limit: Int
  ) throws(Diagnostic) -> Int {
    if !isRegular { try waitForBytes() }
    let start = buffer.count
    return try note(
      try file.read(appendingTo: &buffer, atMost: limit), at: start, of: buffer)
  }

  /// Takes note of bytes that were read into a buffer.
  private mutating func note(
    _ count: Int, at start: Int, of buffer: [UInt8]
  ) throws(Diagnostic) -> Int {
    hash?.update(buffer.span.extracting(start..<start + count))
    fileOffset += count
    if count == 0 {
      isAtFileEnd = true
      try checkUnchanged()
    }
    return count
  }

  /// Waits until a pipe has bytes, or its last writer is gone.
  private func waitForBytes() throws(Diagnostic) {
    var ready = pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&ready, 1, 100) <= 0 {
      if shouldStop() { throw Diagnostic(.stoppedWaiting(name)) }
    }
  }

  private func checkUnchanged() throws(Diagnostic) {
    guard isRegular else { return }
    let after = try file.status().status
    if after != before || fileOffset != before.byteCount {
      throw Diagnostic(.changedWhileRead(name))
    }
  }

  private mutating func copy(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int
  {
    if rawRange.isEmpty { return isAtFileEnd ? 0 : try readFile(into: &buffer, from: start) }
    let count = min(buffer.count - start, rawRange.count)
    let end = rawRange.lowerBound + count
    buffer.replaceSubrange(start..<start + count, with: raw[rawRange.lowerBound..<end])
    rawRange = end..<rawRange.upperBound
    return count
  }

  private mutating func unpack(
    into buffer: inout [UInt8], from start: Int
  ) throws(Diagnostic) -> Int {
    while true {
      if rawRange.isEmpty, !isAtFileEnd {
        try refill()
      }
      if !isInsideMember { try startMember() }
      if isInsideMember {
        let count = try inflate(into: &buffer, from: start)
        if count > 0 { return count }
      }
      guard rawRange.isEmpty, isAtFileEnd else { continue }
      if isInsideMember { throw Diagnostic(.truncatedGzip(name, offset: fileOffset)) }
      return 0
    }
  }

  private mutating func inflate(
    into buffer: inout [UInt8], from start: Int
  ) throws(Diagnostic) -> Int {
    guard let step = inflater?.step(raw, rawRange, into: &buffer, from: start) else { return 0 }
    rawRange = rawRange.lowerBound + step.consumed..<rawRange.upperBound
    switch step.state {
    case .underWay: break
    case .atMemberEnd: isInsideMember = false
    case .corrupt(let reason): throw Diagnostic(.corruptGzip(name, offset: bytesRead, reason))
    }
    return step.produced
  }

  /// Looks for another member; zeros after the last one are padding.
  private mutating func startMember() throws(Diagnostic) {
    let first = raw[rawRange].firstIndex { $0 != 0 } ?? rawRange.upperBound
    rawRange = first..<rawRange.upperBound
    guard !rawRange.isEmpty else { return }
    guard raw[first] == 0x1F else {
      throw Diagnostic(.corruptGzip(name, offset: bytesRead, "bytes after the end of the data"))
    }
    inflater?.reset()
    isInsideMember = true
  }
}

extension Diagnostic.Message {
  fileprivate static func stoppedWaiting(_ name: String) -> Self {
    Self("stopped while '\(name)' had nothing to read")
  }

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

  package static func changedWhileRead(_ name: String) -> Self {
    Self(
      "'\(name)' changed while it was read",
      remedy: "wait until nothing writes to it, then run again")
  }
}
