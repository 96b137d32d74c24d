import Models
import Tensors
import Text
import Training

/// A vocabulary's ids in fairseq's order: `<s> <pad> </s> <unk>`, then the others.
struct FairseqOrder {
  static let padding = 1
  static let end = 2
  static let unknown = 3

  /// The id of each of fairseq's; nil for a special token the vocabulary lacks.
  let ids: [Int?]

  init(_ vocabulary: Vocabulary) {
    let specials = [Vocabulary.Special.start, .padding, .end, .unknown].map(vocabulary.id(of:))
    let taken = Set(specials.compactMap(\.self))
    ids = specials + (0..<vocabulary.count).filter { !taken.contains($0) }
  }
}

extension ParameterBuffer {
  /// A model's weights with the rows of words and positions in fairseq's order.
  func reordered(
    from configuration: ConvS2S.Configuration, to model: ConvS2S, source: FairseqOrder,
    target: FairseqOrder
  ) -> ParameterBuffer {
    let copy = ParameterBuffer(model.layout)
    // Positions are counted from the row after padding's.
    let shift = FairseqOrder.padding - configuration.padding
    let places = (0..<model.configuration.positionCount).map { row -> Int? in
      let own = row - shift
      let isPlace = shift == 0 || row > FairseqOrder.padding
      return isPlace && own < configuration.positionCount ? own : nil
    }
    for entry in model.layout.entries {
      guard let own = self[entry.name] else {
        preconditionFailure("no parameter is named \(entry.name)")
      }
      switch entry.name {
      case "encoder.embed_tokens.weight": copy[entry].take(source.ids, from: own)
      case "decoder.embed_tokens.weight": copy[entry].take(target.ids, from: own)
      case "encoder.embed_positions.weight", "decoder.embed_positions.weight":
        copy[entry].take(places, from: own)
      case "decoder.fc3.weight_v", "decoder.fc3.weight_g":
        copy[entry].take(target.ids, from: own)
      case "decoder.fc3.bias":
        copy[entry].reshaped(rows: target.ids.count, columns: 1)
          .take(target.ids, from: own.reshaped(rows: own.count, columns: 1))
      default: copy[entry].copy(from: own)
      }
    }
    return copy
  }
}

extension Tensor {
  /// Fills each row with a row of another tensor, or with zeros.
  fileprivate func take(_ rows: [Int?], from other: Tensor) {
    for (row, own) in rows.enumerated() {
      let place = self[rows: row..<row + 1]
      if let own { place.copy(from: other[rows: own..<own + 1]) } else { place.fill(0) }
    }
  }
}
