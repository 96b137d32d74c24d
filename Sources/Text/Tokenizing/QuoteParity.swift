/// Whether the next quote of each kind opens or closes; low and high German quotes count as `"`.
struct QuoteParity {
  private var isOpen: [[UInt32]: Bool] = [:]

  /// Whether this quote opens; a possessive `'` never does and leaves the count alone.
  mutating func opens(_ quote: ArraySlice<UInt32>, isPossessive: Bool) -> Bool {
    let isGerman = quote.allSatisfy { $0 == 0x201E || $0 == 0x201C }
    let kind = isGerman ? [UInt32(UInt8(ascii: "\""))] : Array(quote)
    if isOpen[kind, default: false] {
      isOpen[kind] = false
      return false
    }
    if isPossessive { return false }
    isOpen[kind] = true
    return true
  }
}
