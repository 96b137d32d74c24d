extension PageStyle {
  /// The rules for contents that scroll sideways, with a shadow at an edge that hides a part of them.
  ///
  /// A background that scrolls with the contents covers the shadow at their ends.
  static let edges: StyleRules = """
    .scroll { overflow-x: auto; scrollbar-width: thin; background:
      linear-gradient(to right, var(--paper) 40%, transparent) -2px 0 / 2.2rem 100% local,
      linear-gradient(to left, var(--paper) 40%, transparent) calc(100% + 2px) 0 / 2.2rem 100% local,
      linear-gradient(to right, var(--edge), transparent) 0 0 / .8rem calc(100% - 2px) scroll,
      linear-gradient(to left, var(--edge), transparent) 100% 0 / .8rem calc(100% - 2px) scroll;
      background-repeat: no-repeat; }

    """
}
