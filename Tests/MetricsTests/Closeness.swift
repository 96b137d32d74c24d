/// Whether two numbers differ by at most `tolerance` of the larger.
func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b))
}
