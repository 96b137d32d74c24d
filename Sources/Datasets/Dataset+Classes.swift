extension Dataset {
  /// How many rows each class has.
  package var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classNames.count)
    for label in labels { counts[Int(label)] += 1 }
    return counts
  }

  /// Weights with which all classes count equally, and rows count 1 on average.
  ///
  /// scikit-learn's `balanced`: rows / (classes with rows · rows of the class); 0 for no rows.
  package var balancedClassWeights: [Float] {
    let counts = classCounts
    let present = counts.count { $0 > 0 }
    return counts.map { $0 == 0 ? 0 : Float(count) / Float(present * $0) }
  }
}
