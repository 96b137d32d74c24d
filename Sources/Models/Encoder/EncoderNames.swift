/// The names of an encoder's parameters, those of Hugging Face's transformers.
struct EncoderNames {
  let family: Encoder.Family

  /// Before the names of all that is not of the classes.
  var prefix: String { "\(family.rawValue)." }

  func embedding(_ part: String) -> String { "\(prefix)embeddings.\(part)" }

  func layer(_ layer: Int) -> String {
    switch family {
    case .bert: "\(prefix)encoder.layer.\(layer)."
    case .distilBERT: "\(prefix)transformer.layer.\(layer)."
    }
  }

  /// Within a layer.
  func projection(_ projection: Encoder.Projection) -> String {
    switch (family, projection) {
    case (.bert, .query): "attention.self.query"
    case (.bert, .key): "attention.self.key"
    case (.bert, .value): "attention.self.value"
    case (.bert, .output): "attention.output.dense"
    case (.bert, .inner): "intermediate.dense"
    case (.bert, .outer): "output.dense"
    case (.distilBERT, .query): "attention.q_lin"
    case (.distilBERT, .key): "attention.k_lin"
    case (.distilBERT, .value): "attention.v_lin"
    case (.distilBERT, .output): "attention.out_lin"
    case (.distilBERT, .inner): "ffn.lin1"
    case (.distilBERT, .outer): "ffn.lin2"
    }
  }

  /// Within a layer: the normalisation after attention.
  var attentionNorm: String {
    switch family {
    case .bert: "attention.output.LayerNorm"
    case .distilBERT: "sa_layer_norm"
    }
  }

  /// Within a layer: the normalisation at its end.
  var outputNorm: String {
    switch family {
    case .bert: "output.LayerNorm"
    case .distilBERT: "output_layer_norm"
    }
  }

  /// The dense layer of a row's first word.
  var pooler: String {
    switch family {
    case .bert: "\(prefix)pooler.dense"
    case .distilBERT: "pre_classifier"
    }
  }
}

extension Encoder {
  /// Whether a parameter is one of an adapter's matrices.
  package static func isAdapter(_ name: String) -> Bool {
    name.hasSuffix(".lora_A.weight") || name.hasSuffix(".lora_B.weight")
  }

  /// The name of a linear part within its layer.
  package func name(of projection: Projection) -> String {
    EncoderNames(family: configuration.family).projection(projection)
  }
}
