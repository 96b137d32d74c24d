import Digests

/// The seal of a record, by which those who have the key tell that one of them made it.
extension Record {
  func sealed(with key: TrustKey) -> Record {
    Record(self, seal: key.seal(of: body))
  }

  func isSealed(with key: TrustKey) -> Bool { seal == key.seal(of: body) }
}
