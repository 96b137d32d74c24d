extension PageStyle {
  /// The rules for tables and the bars in them.
  static let tables: StyleRules = """
    table { border-collapse: collapse; font-size: .9rem; margin: .4rem 0; }
    th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8rem;
      border-bottom: 1px solid var(--soft); vertical-align: bottom; }
    td, th { padding: .22rem .8rem .22rem 0; } td { border-bottom: 1px solid var(--rule);
      vertical-align: top; } td.number, th.number { text-align: right; padding-left: .8rem;
      font-variant-numeric: tabular-nums; } td.number { white-space: nowrap; }
    td.bar svg { width: 4rem; height: .6rem; margin-right: .6rem; vertical-align: baseline;
      background: color-mix(in srgb, var(--rule) 45%, transparent); fill: var(--blue); }
    tr.marked td { font-weight: 650; background-color: color-mix(in srgb, var(--orange) 14%,
      transparent); } .whole, table code { white-space: nowrap; }
    td.passage { min-width: 18rem; } td.passage code { white-space: normal; }

    """
}
