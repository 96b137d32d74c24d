// Rounding to bfloat16, and products of pairs, by instructions of AVX-512-BF16 that Swift has no word
// for.
//
// Processors with AMX have an instruction for a whole tile, TDPBF16PS, which rounds differently: a
// kernel of that kind would be another precision, and belongs here beside this one.
#include <stdint.h>

#ifdef __x86_64__
#include <immintrin.h>

// Whether the processor and the operating system have them; all else here is only for those.
static inline int bfloat16_is_present(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512bf16");
}

#define BFLOAT16_TARGET __attribute__((target("avx512f,avx512bw,avx512bf16")))

// The lanes of a vector of 16 that are within what is left, at least one.
BFLOAT16_TARGET static inline __attribute__((always_inline)) __mmask16 bfloat16_lanes(long rest) {
  return rest >= 16 ? 0xFFFF : (__mmask16)(0xFFFFu >> (16 - rest));
}

// Eight pairs of neighbouring floats.
BFLOAT16_TARGET static inline __attribute__((always_inline)) void bfloat16_store_neighbours(
    const float *floats, __mmask16 lanes, uint32_t *pairs) {
  const __m512 x = _mm512_maskz_loadu_ps(lanes, floats);
  _mm256_storeu_si256((__m256i_u *)pairs, (__m256i)_mm512_cvtneps_pbh(x));
}

// Pairs of neighbouring floats; zeros fill up a last group of eight pairs.
BFLOAT16_TARGET static inline void bfloat16_pair_neighbours(
    const float *floats, long count, uint32_t *pairs) {
  for (; count >= 16; count -= 16, floats += 16, pairs += 8)
    bfloat16_store_neighbours(floats, 0xFFFF, pairs);
  if (count > 0) bfloat16_store_neighbours(floats, bfloat16_lanes(count), pairs);
}

// Sixteen pairs of what stands at one place of two rows.
BFLOAT16_TARGET static inline __attribute__((always_inline)) void bfloat16_store_rows(
    const float *first, __mmask16 first_lanes, const float *second, __mmask16 second_lanes,
    uint32_t *pairs) {
  // A number of the first row, the one of the second that lies sixteen further on, and so on.
  const __m512i order = _mm512_add_epi32(
      _mm512_set1_epi32(16 << 16),
      _mm512_mullo_epi32(
          _mm512_set1_epi32(0x00010001),
          _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
  const __m512 x = _mm512_maskz_loadu_ps(first_lanes, first);
  const __m512 y = _mm512_maskz_loadu_ps(second_lanes, second);
  const __m512i both = (__m512i)_mm512_cvtne2ps_pbh(y, x);
  _mm512_storeu_si512(pairs, _mm512_permutexvar_epi16(order, both));
}

// Pairs of what stands at one place of two rows; zeros fill up a last group of sixteen. The second
// row may be none, which counts as zeros.
BFLOAT16_TARGET static inline void bfloat16_pair_rows(
    const float *first, const float *second, long count, uint32_t *pairs) {
  const __mmask16 present = second ? 0xFFFF : 0;
  if (!second) second = first;
  for (; count >= 16; count -= 16, first += 16, second += 16, pairs += 16)
    bfloat16_store_rows(first, 0xFFFF, second, present, pairs);
  const __mmask16 last = bfloat16_lanes(count);
  if (count > 0) bfloat16_store_rows(first, last, second, last & present, pairs);
}

// The sums of a tile, which are in registers if both numbers are literals.
BFLOAT16_TARGET static inline __attribute__((always_inline)) void bfloat16_sums(
    const int rows, const int vectors, long depth, const uint32_t *a, long row_step,
    long depth_step, const uint32_t *b, const float *start, long start_stride, float *c,
    long stride, __mmask16 last) {
  __m512 sums[6][4];
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++)
      sums[row][v] = _mm512_maskz_loadu_ps(
          v < vectors - 1 ? 0xFFFF : last, start + row * start_stride + 16 * v);
  for (; depth > 0; depth--) {
    __m512bh right[4];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) right[v] = (__m512bh)_mm512_loadu_si512(b + 16 * v);
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
      const __m512bh left = (__m512bh)_mm512_set1_epi32((int)a[row * row_step]);
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++)
        sums[row][v] = _mm512_dpbf16_ps(sums[row][v], left, right[v]);
    }
    a += depth_step;
    b += 16 * vectors;
  }
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++)
      _mm512_mask_storeu_ps(
          c + row * stride + 16 * v, v < vectors - 1 ? 0xFFFF : last, sums[row][v]);
}

// c[rows, columns] ← start + a · b, of at most 6 rows and 64 columns; pairs lie in 32 bits each.
//
// a[row, step] lies at row · row_step + step · depth_step; b[step, :] has whole vectors of 16.
BFLOAT16_TARGET static inline void bfloat16_tile(
    long rows, long columns, long depth, const uint32_t *a, long row_step, long depth_step,
    const uint32_t *b, const float *start, long start_stride, float *c, long stride) {
  const long vectors = (columns + 15) / 16;
  const __mmask16 last = (__mmask16)(0xFFFFu >> (16 * vectors - columns));
#define BFLOAT16_CASE(r, v)                                                                  \
  case 8 * r + v:                                                                            \
    bfloat16_sums(                                                                           \
        r, v, depth, a, row_step, depth_step, b, start, start_stride, c, stride, last);      \
    break;
#define BFLOAT16_ROWS(r) \
  BFLOAT16_CASE(r, 1) BFLOAT16_CASE(r, 2) BFLOAT16_CASE(r, 3) BFLOAT16_CASE(r, 4)
  switch (8 * rows + vectors) {
    BFLOAT16_ROWS(1)
    BFLOAT16_ROWS(2)
    BFLOAT16_ROWS(3)
    BFLOAT16_ROWS(4)
    BFLOAT16_ROWS(5)
    BFLOAT16_ROWS(6)
  }
}
#undef BFLOAT16_ROWS
#undef BFLOAT16_CASE
#undef BFLOAT16_TARGET
#endif
