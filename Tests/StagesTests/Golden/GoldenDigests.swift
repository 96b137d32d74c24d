/// What each version of each kind makes of its sample; a line stays when the next version comes.
///
/// Of `train` and `evaluate`, whose numbers depend on the machine's matrix products, the digest is
/// over what the artifacts look like.
enum GoldenDigests {
  static let all: [String: String] = [:]
}
