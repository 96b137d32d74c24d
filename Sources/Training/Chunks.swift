import Cores
import Tensors

/// How many places of a flat buffer one core works on at a time: 64 KiB of floats.
private let chunkSize = 16_384

/// Runs `body` over the range of each chunk; the chunks depend on the buffer's size alone.
func forEachChunk(of count: Int, cores: Int, _ body: @Sendable (Range<Int>) -> Void) {
  concurrently(chunkCount(of: count), cores: cores) { chunk in
    flushingSubnormals { body(range(ofChunk: chunk, in: count)) }
  }
}

/// The sum of what `body` gives for each chunk, added up in the order of the chunks.
func sumOverChunks(
  of count: Int, cores: Int, _ body: @Sendable (Range<Int>) -> Double
) -> Double {
  mapConcurrently(chunkCount(of: count), cores: cores) { chunk in
    flushingSubnormals { body(range(ofChunk: chunk, in: count)) }
  }.reduce(0, +)
}

private func chunkCount(of count: Int) -> Int { (count + chunkSize - 1) / chunkSize }

private func range(ofChunk chunk: Int, in count: Int) -> Range<Int> {
  chunk * chunkSize..<min((chunk + 1) * chunkSize, count)
}
