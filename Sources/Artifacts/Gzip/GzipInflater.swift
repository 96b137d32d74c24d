import CZlib
import Diagnostics

/// zlib's reading side: gzip members in, their bytes out.
@safe struct GzipInflater: ~Copyable {
  /// How far one step came.
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

  /// Reads from the start of `input` and writes to the start of `output`, until either ends.
  mutating func step(_ input: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> Step {
    unsafe input.withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
        let result = unsafe inflate(stream, Z_NO_FLUSH)
        let state: State
        switch result {
        case Z_STREAM_END: state = .atMemberEnd
        case Z_OK, Z_BUF_ERROR: state = .underWay
        default:
          let message = unsafe stream.pointee.msg
          state = .corrupt(unsafe message.map { unsafe String(cString: $0) } ?? "zlib error \(result)")
        }
        return unsafe Step(
          consumed: min(input.count, Int(UInt32.max)) - Int(stream.pointee.avail_in),
          produced: min(output.count, Int(UInt32.max)) - Int(stream.pointee.avail_out), state: state)
      }
    }
  }

  /// Gets ready for the next member.
  mutating func reset() { _ = unsafe inflateReset(stream) }
}
