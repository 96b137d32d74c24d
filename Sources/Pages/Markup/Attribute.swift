/// The attributes of elements; there is none that could run a script or reach the network.
package enum Attribute: String, Sendable {
  case lang, charset, name, content, id, `class`, title, value, scope, colspan, href, open
  case role, tabindex, preserveAspectRatio
  case equivalent = "http-equiv"
  case label = "aria-label"
  case isHidden = "aria-hidden"
  case column = "data-column"
  case namespace = "xmlns"
  case viewBox, width, height, x, y, x1, y1, x2, y2, cx, cy, r, rx, d, points, transform, fill
  case patternUnits, refX, refY, orient, markerWidth, markerHeight
  case markerEnd = "marker-end"
  case shift = "dx"
  case textAnchor = "text-anchor"
  case fillOpacity = "fill-opacity"
}
