extension PageStyle {
  /// The rules for a confusion matrix, whose cells have ten shades, and whose size on paper depends on
  /// how many classes there are.
  static let matrix: StyleRules = """
    .matrix { border-collapse: separate; border-spacing: 2px; --side: 1.9rem; }
    .matrix td, .matrix th { border: 0; padding: 0; }
    .matrix td { min-width: var(--side); height: var(--side); text-align: center;
      vertical-align: middle; font-variant-numeric: tabular-nums; border-radius: 3px;
      background: color-mix(in srgb, var(--shade) var(--share), transparent); }
    .matrix td a { display: block; color: inherit; text-decoration: none; line-height: var(--side); }
    .matrix td a:hover { outline: 2px solid var(--ink); border-radius: 3px; }
    .matrix td.hit { --shade: var(--blue); } .matrix td.miss { --shade: var(--orange); }
    .matrix td:empty { --shade: var(--soft); --share: 7%; }
    .matrix td.corner { background: none; color: var(--soft); font-size: .75rem; line-height: 1.3;
      text-align: right; vertical-align: bottom; padding: 0 .5rem .4rem 0; white-space: pre-line; }
    .l0 { --share: 10%; } .l1 { --share: 15%; } .l2 { --share: 20%; } .l3 { --share: 25%; }
    .l4 { --share: 30%; } .l5 { --share: 35%; } .l6 { --share: 40%; } .l7 { --share: 45%; }
    .l8 { --share: 50%; } .l9 { --share: 55%; }
    .matrix th { font-weight: 500; vertical-align: middle; padding: 0 .5rem; color: var(--ink); }
    .matrix thead th { writing-mode: vertical-rl; transform: rotate(180deg); padding: .4rem 0;
      text-align: left; } .matrix tbody th { text-align: right; white-space: nowrap; }

    """
}
