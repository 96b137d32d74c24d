import Digests
import Sweeps
import Testing

@Suite struct SurplusArtifactsTests {
  private let a = BLAKE3.digest(of: "a")
  private let b = BLAKE3.digest(of: "b")
  private var surplus = SurplusArtifacts()

  @Test mutating func `what all have let go of is surplus once`() {
    surplus.hold([a, b], of: [a, b], by: .stage(1))
    surplus.hold([a], of: [a], by: .trial(1))
    #expect(surplus.take().isEmpty)
    surplus.hold([], of: [a, b], by: .stage(1))
    #expect(surplus.take() == [b])
    surplus.hold([], of: [a], by: .trial(1))
    #expect(surplus.take() == [a])
    #expect(surplus.take().isEmpty)
  }

  @Test mutating func `what nobody ever held is surplus`() {
    surplus.hold([a], of: [a, b], by: .stage(1))
    #expect(surplus.take() == [b])
  }

  @Test mutating func `what is held again in time is no surplus`() {
    surplus.hold([a], of: [a], by: .stage(1))
    surplus.hold([], of: [a], by: .stage(1))
    surplus.hold([a], of: [a], by: .stage(2))
    #expect(surplus.take().isEmpty)
  }
}
