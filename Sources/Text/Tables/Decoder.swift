import Diagnostics

/// A byte source that yields well-formed UTF-8, whatever the encoding of the source behind it.
///
/// A byte-order mark is dropped and overrides the encoding asked for. NUL counts as invalid: in
/// text it means a wrong encoding or a damaged file. UTF-8 that is valid is passed on as it was read.
package struct Decoder<Source: ByteSource & ~Copyable>: ByteSource, ~Copyable {
  /// Where the bytes come from.
  package private(set) var source: Source
  /// So many bytes tell a format.
  private static var beginning: Int { 64 << 10 }

  private let file: String
  private var transcoder: Transcoder
  private var check = UTF8Check()
  /// Decoded bytes that did not fit the caller's buffer, from `readyStart` on.
  private var ready: [UInt8] = []
  private var readyStart = 0
  private var failure: Diagnostic?
  private var hasStarted = false
  private var hasEnded = false
  /// How many source bytes came before the current chunk, and the last few of them.
  private var offset = 0
  private var lastBytes: ArraySlice<UInt8> = []
  /// How many lines ended in what was decoded.
  private var linesBefore = 0

  package init(
    _ source: consuming Source, file: String, encoding: TextEncoding = .utf8,
    invalid: InvalidBytes = .refuse
  ) {
    self.source = source
    self.file = file
    transcoder = Transcoder(encoding, invalid: invalid)
  }

  /// How many times U+FFFD was put in place of invalid bytes so far.
  package var replacements: Int { transcoder.replacements }

  package mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    precondition(!buffer.isEmpty, "a buffer of 0 bytes can take none")
    while true {
      if readyStart < ready.count { return drain(into: &buffer) }
      if let failure { throw failure }
      if hasEnded { return 0 }
      var count = try hasStarted ? source.read(into: &buffer) : readBeginning(into: &buffer)
      hasEnded = count == 0
      if !hasStarted {
        count = begin(&buffer, count)
        if let failure { throw failure }
      }
      if isPassedOn {
        let valid = pass(buffer[..<count])
        if valid > 0 { return valid }
      } else {
        transcode(buffer[..<count])
      }
    }
  }

  package mutating func append(
    to bytes: inout [UInt8], atMost limit: Int
  ) throws(Diagnostic) -> Int {
    guard hasStarted, isPassedOn, readyStart == ready.count, failure == nil, !hasEnded else {
      var next = [UInt8](repeating: 0, count: limit)
      let count = try read(into: &next)
      bytes += next[..<count]
      return count
    }
    let start = bytes.count
    let count = try source.append(to: &bytes, atMost: limit)
    hasEnded = count == 0
    let valid = pass(bytes[start...])
    bytes.removeLast(count - valid)
    return valid > 0 ? valid : try append(to: &bytes, atMost: limit)
  }

  private var isPassedOn: Bool {
    transcoder.encoding == .utf8 && transcoder.invalid == .refuse
  }

  /// Reads until there is enough to tell a format or a byte-order mark by, as a pipe may give a byte.
  private mutating func readBeginning(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    var count = try source.read(into: &buffer)
    while count > 0, count < min(Self.beginning, buffer.count) {
      var more = [UInt8](repeating: 0, count: buffer.count - count)
      let added = try source.read(into: &more)
      if added == 0 { break }
      buffer.replaceSubrange(count..<count + added, with: more[..<added])
      count += added
    }
    return count
  }

  /// Removes a byte-order mark and returns how many bytes are left.
  private mutating func begin(_ buffer: inout [UInt8], _ count: Int) -> Int {
    hasStarted = true
    if let foreign = ForeignFormat(buffer[..<count]) {
      failure = Diagnostic(.foreign(foreign, file: file), at: Place(file: file))
      return 0
    }
    guard let mark = TextEncoding.marked(buffer[..<count]) else { return count }
    transcoder = Transcoder(mark.encoding, invalid: transcoder.invalid)
    offset = mark.length
    buffer.replaceSubrange(0..<count - mark.length, with: buffer[mark.length..<count])
    return count - mark.length
  }

  /// Checks UTF-8 in place and returns how many bytes are valid.
  private mutating func pass(_ chunk: ArraySlice<UInt8>) -> Int {
    var wrong = check.firstWrong(in: chunk.span)
    if hasEnded, check.needed > 0 { wrong = 0 }
    let good = wrong.map { max(0, $0 - check.seen) } ?? chunk.count
    linesBefore += lineFeeds(in: chunk.span.extracting(0..<good))
    if let wrong { refuse(at: wrong - check.seen, in: chunk) } else { advance(over: chunk) }
    return good
  }

  /// Decodes into `ready`, up to the first byte that is an error.
  private mutating func transcode(_ chunk: ArraySlice<UInt8>) {
    ready.removeAll(keepingCapacity: true)
    readyStart = 0
    let held = transcoder.pendingCount
    let wrong = transcoder.transcode(chunk, isLast: hasEnded, into: &ready)
    linesBefore += lineFeeds(in: ready.span)
    if let wrong { refuse(at: wrong - held, in: chunk) } else { advance(over: chunk) }
  }

  private mutating func advance(over chunk: ArraySlice<UInt8>) {
    offset += chunk.count
    lastBytes = (lastBytes + chunk.suffix(4)).suffix(4)
  }

  private mutating func drain(into buffer: inout [UInt8]) -> Int {
    let count = min(buffer.count, ready.count - readyStart)
    buffer.replaceSubrange(0..<count, with: ready[readyStart..<readyStart + count])
    readyStart += count
    return count
  }

  /// Remembers the error at `index` of the chunk; it is thrown after what came before was read.
  private mutating func refuse(at index: Int, in chunk: ArraySlice<UInt8>) {
    let byte =
      index < 0 ? lastBytes[lastBytes.endIndex + index] : chunk[chunk.startIndex + index]
    failure = Diagnostic(
      .invalidByte(byte, encoding: transcoder.encoding, offset: offset + index),
      at: Place(file: file, line: linesBefore + 1))
  }
}

/// How many bytes are LF.
func lineFeeds(in bytes: Span<UInt8>) -> Int { bytes.count(of: UInt8(ascii: "\n")) }

extension Diagnostic.Message {
  fileprivate static func invalidByte(_ byte: UInt8, encoding: TextEncoding, offset: Int) -> Self {
    if byte == 0, encoding == .utf8 {
      return Self(
        "NUL byte in text, at byte offset \(offset)",
        remedy: "set encoding = \"utf-16le\" if that is what it is, or invalid = \"replace\"")
    }
    let hex = String(byte, radix: 16, uppercase: true)
    return Self(
      "byte 0x\(hex) is not valid \(encoding.rawValue), at byte offset \(offset)",
      remedy: encoding == .utf8
        ? "set encoding = \"windows-1252\" if that is what it is, or invalid = \"replace\""
        : "check the encoding, or set invalid = \"replace\"")
  }
}
