import PipelineFixtures

extension GoldenSamples {
  /// Kinds that a pre-trained encoder works in.
  static let encoderSamples: [String: Sample] = [
    "encode": Sample(
      files: TinyEncoder.files().merging(["reviews.csv": "text,label\na very warm meal,1\nflat,0\n"]
      ) {
        first, _ in first
      },
      definition: """
        \(Toy.load)
        \(ToyEncoder.numbering("load", by: "mini"))
        [stage.encode]
        from = "binarize"
        encoder = "mini"
        [stage.first]
        kind = "encode"
        from = "binarize"
        encoder = "mini"
        pooling = "first"
        """, holdsTrainedNumbers: true)
  ]
}
