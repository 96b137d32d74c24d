/// A row of a panel of a packed matrix, or the sums of one row of a product's tile.
protocol PanelVectors {
  /// Columns of the panel.
  static var width: Int { get }

  init(at place: UnsafePointer<Float>)
  /// `self ← self + x · factor`.
  mutating func addProduct(_ x: Self, _ factor: Float)
  /// Writes the first `count` values, or adds them to what is there.
  func store(at place: UnsafeMutablePointer<Float>, count: Int, adding: Bool)
}

/// Of a wide panel, which has all its columns.
struct FourVectors: PanelVectors {
  private var vectors: (Lanes, Lanes, Lanes, Lanes)

  static var width: Int { PackedPanel.wide }

  @inline(__always)
  init(at place: UnsafePointer<Float>) {
    let width = Lanes.scalarCount
    vectors = unsafe (
      Lanes(at: place), Lanes(at: place + width), Lanes(at: place + 2 &* width),
      Lanes(at: place + 3 &* width)
    )
  }

  @inline(__always)
  mutating func addProduct(_ x: Self, _ factor: Float) {
    let factor = Lanes(repeating: factor)
    vectors.0.addProduct(x.vectors.0, factor)
    vectors.1.addProduct(x.vectors.1, factor)
    vectors.2.addProduct(x.vectors.2, factor)
    vectors.3.addProduct(x.vectors.3, factor)
  }

  @inline(__always)
  func store(at place: UnsafeMutablePointer<Float>, count: Int, adding: Bool) {
    let width = Lanes.scalarCount
    unsafe vectors.0.store(at: place, adding: adding)
    unsafe vectors.1.store(at: place + width, adding: adding)
    unsafe vectors.2.store(at: place + 2 &* width, adding: adding)
    unsafe vectors.3.store(at: place + 3 &* width, adding: adding)
  }
}

/// Of a narrow panel, whose last columns may be wanting.
struct OneVector: PanelVectors {
  private var vector: Lanes

  static var width: Int { PackedPanel.narrow }

  @inline(__always)
  init(at place: UnsafePointer<Float>) { vector = unsafe Lanes(at: place) }

  @inline(__always)
  mutating func addProduct(_ x: Self, _ factor: Float) {
    vector.addProduct(x.vector, Lanes(repeating: factor))
  }

  @inline(__always)
  func store(at place: UnsafeMutablePointer<Float>, count: Int, adding: Bool) {
    let sum = unsafe adding ? Lanes(at: place, count: count) + vector : vector
    unsafe sum.store(at: place, count: count)
  }
}

extension Lanes {
  @inline(__always)
  fileprivate func store(at place: UnsafeMutablePointer<Float>, adding: Bool) {
    let sum = unsafe adding ? Lanes(at: place) + self : self
    unsafe sum.store(at: place)
  }
}
