/// A classifier as `export` writes it whose weights are all zero, so that its files are text.
package enum BlankClassifier {
  package static let architecture = """
    {"model": "logistic-regression", "vocabulary": 3, "ignore-case": false, "classes": 2,
     "outputs": 1, "buckets": 4, "ngrams": [1, 2], "weighting": "tf-idf", "sublinear": true,
     "idf": false}
    """

  package static func files(
    in folder: String, architecture: String = architecture
  ) -> [String: String] {
    let words = "<pad>\t0\n<unk>\t0\na\t1\n"
    let chain = #""{\"column\":\"text\",\"steps\":[]}""#
    return [
      "\(folder)/model.json": """
      {"format": "millrace classifier 1", "architecture": \(architecture),
       "classes": ["x", "y"], "chain": {"column": "text", "steps": []}}
      """,
      "\(folder)/model.safetensors": file(
        """
        {"__metadata__":{"format":"millrace weights 1"},
         "classes.weight":{"dtype":"F32","shape":[4,1],"data_offsets":[0,16]},
         "classes.bias":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}
        """, String(repeating: "\0", count: 20)),
      "\(folder)/chain.safetensors": file(
        """
        {"__metadata__":{"format":"millrace chains 1","classes":"[\\"x\\",\\"y\\"]",
         "chain":\(chain)},
         "chain.vocabulary":{"dtype":"U8","shape":[\(words.utf8.count)],
         "data_offsets":[0,\(words.utf8.count)]}}
        """, words),
    ]
  }

  /// A safetensors file; the header is as long as a number whose bytes are all ASCII.
  private static func file(_ header: String, _ content: String) -> String {
    let padding = String(repeating: " ", count: 0x200 - header.utf8.count)
    return "\0\u{2}\0\0\0\0\0\0" + header + padding + content
  }
}
