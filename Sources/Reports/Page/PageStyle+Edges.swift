extension PageStyle {
  /// What is wider than its place slides sideways; a shadow lies at an edge that hides a part of it.
  ///
  /// Paper that slides along covers the shadow where the content ends.
  static let edges: StaticString = """
    .scroll { overflow-x: auto; scrollbar-width: thin; background:
      linear-gradient(to right, var(--paper) 40%, transparent) left / 2.2rem 100% no-repeat local,
      linear-gradient(to left, var(--paper) 40%, transparent) right / 2.2rem 100% no-repeat local,
      linear-gradient(to right, var(--edge), transparent) left / .8rem 100% no-repeat scroll,
      linear-gradient(to left, var(--edge), transparent) right / .8rem 100% no-repeat scroll; }

    """
}
