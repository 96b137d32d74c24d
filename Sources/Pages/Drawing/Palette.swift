/// The colours of drawings and pages, by the names that style rules call them.
///
/// The hues are Okabe and Ito's, which the colour-blind can tell apart.
struct Palette: Sendable {
  let colors: KeyValuePairs<StaticString, StaticString>

  static let light = Palette(colors: [
    "paper": "#fff", "panel": "#f5f7f9", "ink": "#1a2027", "soft": "#566270", "rule": "#d3dae1",
    "blue": "#0067a5", "orange": "#b84a00", "green": "#00775c", "purple": "#9c3f78",
    "edge": "#1a202766",
  ])

  static let dark = Palette(colors: [
    "paper": "#13171b", "panel": "#1b2026", "ink": "#e8ecf0", "soft": "#a2adb9", "rule": "#37404a",
    "blue": "#62b6ee", "orange": "#f39a53", "green": "#45c79e", "purple": "#e59ac8",
    "edge": "#e8ecf066",
  ])

  /// For paper, on which a page is black on white.
  static let printed = Palette(colors: [
    "paper": "#fff", "panel": "#f5f7f9", "ink": "#000", "soft": "#444", "rule": "#bbb",
    "blue": "#0067a5", "orange": "#b84a00", "green": "#00775c", "purple": "#9c3f78",
    "edge": "#0000",
  ])
}
