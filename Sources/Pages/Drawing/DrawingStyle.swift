/// The colours and strokes of drawings, for light and dark screens.
///
/// Lines also differ by dashes and markers, so that nothing depends on colour alone.
enum DrawingStyle {
  /// The names of colours, as the browser prefers them.
  static let colors =
    StyleRules.naming(.light, scheme: "light dark")
    + StyleRules.naming(.dark, scheme: "light dark").when("(prefers-color-scheme: dark)")
    + StyleRules.naming(.printed, scheme: "light").when("print")

  /// The style of a drawing that is a file of its own.
  ///
  /// Its colours are plain ones, because programs that convert drawings do not know names of colours;
  /// those that do not know conditions either draw it for a light screen.
  static let ofFile =
    ":root { color-scheme: light dark; }\n" + rules.colored(by: .light)
    + rules.colored(by: .dark).when("screen and (prefers-color-scheme: dark)")

  static let rules: StyleRules = """
    svg:root { background: var(--paper); }
    .drawing { font: 12px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      flex: none; }
    .words { fill: var(--ink); } .words.soft { fill: var(--soft); }
    .words.small { font-size: 11px; } .words.strong { font-weight: 600; }
    .words.s0 { fill: var(--blue); } .words.s1 { fill: var(--orange); }
    .words.s2 { fill: var(--green); } .words.s3 { fill: var(--purple); }
    .words.s4 { fill: var(--ink); }
    .grid { stroke: var(--rule); stroke-width: 1; } .axis { stroke: var(--soft); stroke-width: 1; }
    .mark { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 3; }
    .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
    .curve.s0 { stroke: var(--blue); } .curve.s1 { stroke: var(--orange); stroke-dasharray: 6 4; }
    .curve.s2 { stroke: var(--green); stroke-dasharray: 2 4; }
    .curve.s3 { stroke: var(--purple); stroke-dasharray: 9 3 2 3; }
    .curve.s4 { stroke: var(--ink); stroke-dasharray: 1 5; }
    .curve.faint { stroke: var(--soft); stroke-width: 1.2; opacity: .55; }
    .curve.best { stroke: var(--orange); stroke-width: 3; } .curve.broken { stroke: var(--soft);
      stroke-width: 1.2; stroke-dasharray: 2 4; opacity: .8; }
    .whisker { fill: none; stroke: var(--soft); stroke-width: 1.5; }
    .whisker.best { stroke: var(--orange); } .whisker.s0 { stroke: var(--blue); }
    .dot { stroke: var(--paper); stroke-width: 1; } .dot.best { fill: var(--orange); }
    .fill, .dot.s0 { fill: var(--blue); } .dot.s1 { fill: var(--orange); }
    .dot.s2 { fill: var(--green); } .dot.s3 { fill: var(--purple); } .dot.s4 { fill: var(--ink); }
    .frame { fill: none; stroke: var(--rule); } .dot.faint { fill: var(--soft); } .trough { fill: var(--rule); }
    .node { fill: var(--panel); stroke: var(--soft); stroke-width: 1.25; }
    .node.run, .node.failed { stroke: var(--orange); stroke-width: 1.75; stroke-dasharray: 6 3; }
    .node.maybe { stroke: var(--soft); stroke-dasharray: 2 3; }
    .edge { fill: none; stroke: var(--soft); stroke-width: 1.25; } .tip { fill: var(--soft); }
    .ground { fill: var(--paper); }
    .halo { stroke: var(--paper); stroke-width: 4; stroke-linejoin: round; paint-order: stroke; }

    """
}
