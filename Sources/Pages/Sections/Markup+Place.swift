import Reports
import Views

extension Markup {
  /// Where a row was loaded from: its line, with the file where there are several.
  static func place(_ loaded: LoadedTexts.Loaded?, line: Int) -> Markup {
    guard let place = loaded?.place, place != "\(line)" else { return .count(line) }
    return .text(place.printable)
  }
}
