extension [UInt8] {
  /// Removes the first bytes and returns them, without copying them: the others are copied.
  ///
  /// - Parameter byteCount: the room that the others get, so that an array that grows by what is read
  ///   next is not copied again and again.
  mutating func takeFirst(_ count: Int, reserving byteCount: Int) -> [UInt8] {
    var others: [UInt8] = []
    others.reserveCapacity(byteCount)
    others += self[count...]
    swap(&self, &others)
    others.removeSubrange(count...)
    return others
  }
}
