import CMalloc

/// Lets this process keep memory that it frees, to be used again.
///
/// Blocks of some hundred kilobytes come and go with every batch of rows. Each would be asked of the
/// system and given back, which then fills every page with zeros anew: a tenth of the time of stages
/// that read rows.
package func keepFreedMemory() {
  _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
  _ = mallopt(M_TRIM_THRESHOLD, 64 << 20)
}
