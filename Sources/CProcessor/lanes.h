// Operations on sixteen floats that Swift's library has lane by lane only: the compiler finds the vectors
// again in some places and not in others. Any processor has them, in as many instructions as it needs.
typedef float lanes __attribute__((ext_vector_type(16)));
typedef unsigned lane_bits __attribute__((ext_vector_type(16)));

// sum + x · y, rounded once.
static inline __attribute__((always_inline)) lanes lanes_adding_product(
    lanes sum, lanes x, lanes y) {
  return __builtin_elementwise_fma(x, y, sum);
}

// min(max(x, lower), upper), or NaN for NaN.
static inline __attribute__((always_inline)) lanes lanes_clamp(lanes x, float lower, float upper) {
  const lanes low = (lanes)(lower), high = (lanes)(upper);
  x = low > x ? low : x;
  return high < x ? high : x;
}

// 2ⁿ of the integer n that adding 1.5 · 2²³ has left in the low bits.
static inline __attribute__((always_inline)) lanes lanes_power_of_two(lanes shifted) {
  return (lanes)(((lane_bits)shifted + 127u) << 23);
}

// The same numbers as doubles.
typedef double double_lanes __attribute__((ext_vector_type(16)));

static inline __attribute__((always_inline)) double_lanes lanes_doubles(lanes x) {
  return __builtin_convertvector(x, double_lanes);
}
