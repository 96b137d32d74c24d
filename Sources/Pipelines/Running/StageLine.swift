/// Places of stages that stand in line, the first of the plan first, each once.
struct StageLine {
  /// In descending order, so that the first is taken from the end.
  private var places: [Int]

  /// - Parameter places: in ascending order.
  init(_ places: [Int] = []) { self.places = places.reversed() }

  var isEmpty: Bool { places.isEmpty }

  mutating func add(_ place: Int) {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] > place { low = middle + 1 } else { high = middle }
    }
    guard low == places.count || places[low] != place else { return }
    places.insert(place, at: low)
  }

  /// Takes the first out of the line; nil when nobody is in it.
  mutating func takeFirst() -> Int? { places.popLast() }
}
