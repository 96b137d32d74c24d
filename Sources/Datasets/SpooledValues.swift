import Diagnostics
import Files
import Formats

/// Values kept in their order until they are written: the first ones in memory, more in a file.
///
/// The file has no name, so that nothing of it is left however the program ends.
final class SpooledValues<Element: TensorElement> {
  /// So many bytes of the file are read at a time, while the ones before are written.
  private static var readBytes: Int { 256 << 10 }
  /// Once there is a file, it gets so many bytes at a time, while they are in the cache still.
  private static var writtenBytes: Int { 256 << 10 }

  private(set) var count = 0
  private var held: [Element] = []
  private var file: OpenFile?
  private let folder: String
  private let mostHeld: Int

  /// - Parameters:
  ///   - folder: where there is room for as many bytes as are added.
  ///   - mostHeld: the most bytes that are held in memory.
  init(in folder: String, mostHeld: Int) {
    self.folder = folder
    self.mostHeld = mostHeld
  }

  /// How many bytes are in memory.
  var heldByteCount: Int { held.count * MemoryLayout<Element>.stride }

  func append(_ value: Element) throws(Diagnostic) {
    held.append(value)
    count += 1
    if isFull { try spill() }
  }

  func append(_ values: [Element]) throws(Diagnostic) {
    held += values
    count += values.count
    if isFull { try spill() }
  }

  private var isFull: Bool {
    heldByteCount >= (file == nil ? mostHeld : min(mostHeld, Self.writtenBytes))
  }

  private func spill() throws(Diagnostic) {
    if file == nil { file = try OpenFile.withoutName(in: folder) }
    let failure = unsafe held.withUnsafeBytes { bytes -> Diagnostic? in
      do throws(Diagnostic) {
        try file?.write(unsafe bytes.bindMemory(to: UInt8.self).span)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
    held.removeAll(keepingCapacity: true)
  }

  /// Writes all values, in their order, and is empty then.
  func write<Sink: ByteSink & ~Copyable>(into sink: inout Sink) throws(Diagnostic) {
    if let file = file.take() {
      let spilled = try ReadFile(file)
      let spilledBytes = (count - held.count) * MemoryLayout<Element>.stride
      for start in stride(from: 0, to: spilledBytes, by: Self.readBytes) {
        let bytes: [UInt8] = try spilled.values(
          from: start, count: min(Self.readBytes, spilledBytes - start))
        try sink.write(givingAway: bytes)
      }
    }
    try sink.write(elements: held)
    held = []
    count = 0
  }
}
