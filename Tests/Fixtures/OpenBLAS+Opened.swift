import Tensors

extension OpenBLAS {
  /// The library, without which there is nothing to test that computes.
  package static let opened: OpenBLAS = {
    do { return try load() } catch { fatalError("\(error)") }
  }()
}
