import Cores
import Tensors

/// How many places of a flat buffer one core works on at a time: 64 KiB of floats.
private let chunkSize = 16_384

/// The number of chunks a buffer of `count` places is cut into.
func chunkCount(of count: Int) -> Int { (count + chunkSize - 1) / chunkSize }

/// Runs `body` over each chunk's index and range; the chunks depend on the buffer's size alone.
func forEachChunk(of count: Int, cores: Int, _ body: @Sendable (Int, Range<Int>) -> Void) {
  concurrently(chunkCount(of: count), cores: cores) { chunk in
    let start = chunk * chunkSize
    flushingSubnormals { body(chunk, start..<min(start + chunkSize, count)) }
  }
}
