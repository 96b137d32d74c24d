import Layers
import Tensors
import Testing

struct PackingTests {
  @Test func `rows lie longest first, step by step, without gaps`() {
    let packing = Tape().pack(lengths: [2, 3, 1, 3])
    #expect((0..<4).map { packing.order[$0] } == [1, 3, 0, 2])
    #expect((0..<4).map { packing.length(ofPlace: $0) } == [3, 3, 2, 1])
    #expect((0..<packing.stepCount).map { packing.range(ofStep: $0) } == [0..<4, 4..<7, 7..<9])
    #expect(packing.count == 9)
  }

  @Test func `no rows make no steps`() {
    let packing = Tape().pack(lengths: [])
    #expect(packing.stepCount == 0)
    #expect(packing.count == 0)
  }
}
