import CZlib

/// zlib's reading side: gzip members in, their bytes out.
@safe struct GzipInflater: ~Copyable {
  /// The result of one step.
  struct Step {
    var consumed: Int
    var produced: Int
    var state: State
  }

  enum State {
    case underWay
    /// A member and its checksum were read to the end.
    case atMemberEnd
    /// The bytes are not gzip data, or their checksum is wrong; zlib says how.
    case corrupt(String)
  }

  /// zlib keeps the address of the stream, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 16 asks for the gzip format, 15 for its largest window.
    let result = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "inflateInit2 gave \(result)")
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Reads the range of `input` and fills `output` from `start` on, until either ends.
  mutating func step(
    _ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int
  ) -> Step {
    unsafe input[range].withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        let free = unsafe UnsafeMutableBufferPointer(rebasing: output[start...])
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
        unsafe stream.pointee.next_out = free.baseAddress
        unsafe stream.pointee.avail_out = UInt32(clamping: free.count)
        let result = unsafe inflate(stream, Z_NO_FLUSH)
        return unsafe Step(
          consumed: Int(UInt32(clamping: input.count) - stream.pointee.avail_in),
          produced: Int(UInt32(clamping: free.count) - stream.pointee.avail_out),
          state: state(after: result))
      }
    }
  }

  private func state(after result: Int32) -> State {
    switch result {
    case Z_STREAM_END: return .atMemberEnd
    case Z_OK, Z_BUF_ERROR: return .underWay
    default:
      guard let message = unsafe stream.pointee.msg else { return .corrupt("zlib error \(result)") }
      return .corrupt(unsafe String(cString: message))
    }
  }

  /// Gets ready for the next member.
  mutating func reset() { _ = unsafe inflateReset(stream) }
}
