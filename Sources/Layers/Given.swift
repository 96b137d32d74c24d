import Tensors

extension Tape {
  /// Numbers from outside the network [rows × columns], whose gradient nobody wants.
  package func given(_ numbers: [Float], columns: Int) -> Variable {
    precondition(
      columns > 0 && numbers.count % columns == 0, "\(numbers.count) numbers in \(columns) columns")
    let result = variable(
      rows: numbers.count / columns, columns: columns, needsGradient: false)
    for place in result.value.indices { result.value[place] = numbers[place] }
    return result
  }
}
