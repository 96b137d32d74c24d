import CZlib
import Diagnostics

/// A gzip file being written, one member, without a time stamp: equal bytes give equal files.
@safe package struct GzipWriter: ~Copyable, ByteSink {
  private let file: OpenFile
  /// zlib keeps the address of the stream, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// How many bytes were written so far, before compression.
  package private(set) var byteCount = 0

  /// Makes the file, or replaces it.
  ///
  /// - Parameter level: from 1, fast, to 9, small.
  package init(_ path: String, level: Int = 6) throws(Diagnostic) {
    precondition((1...9).contains(level), "gzip has no level \(level)")
    file = try OpenFile(path, for: .replace)
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 16 asks for the gzip format, 15 for its largest window, 8 is zlib's usual memory level.
    let result = unsafe deflateInit2_(
      stream, Int32(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "deflateInit2 gave \(result)")
  }

  deinit {
    _ = unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  package mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    byteCount += bytes.count
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 1 << 30)
      try deflate(bytes.extracting(start..<end), flush: Z_NO_FLUSH)
      start = end
    }
  }

  /// Ends the member and closes the file.
  ///
  /// A file whose writer was dropped without this is truncated.
  package consuming func finish() throws(Diagnostic) {
    try deflate([UInt8]().span, flush: Z_FINISH)
  }

  private mutating func deflate(_ bytes: Span<UInt8>, flush: Int32) throws(Diagnostic) {
    var consumed = 0
    var isFull = true
    while isFull {
      let rest = bytes.extracting(consumed...)
      let produced: Int
      (consumed, produced) = unsafe rest.withUnsafeBufferPointer { input in
        unsafe buffer.withUnsafeMutableBufferPointer { output in
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(input.count)
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = UInt32(output.count)
          _ = unsafe CZlib.deflate(stream, flush)
          return unsafe (
            bytes.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out)
          )
        }
      }
      try file.write(buffer.span.extracting(..<produced))
      isFull = produced == buffer.count
    }
  }
}
