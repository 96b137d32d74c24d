// What the processor can do, and what the code that imports this is compiled for: a bit for each
// feature that a compiler uses unasked. `ProcessorFeatures` has their names in the order of the bits.
#include <stdint.h>

static inline uint32_t processor_features_present(void) {
  return 0
#ifdef __x86_64__
    | (uint32_t)(__builtin_cpu_supports("sse4.2") != 0) << 0
    | (uint32_t)(__builtin_cpu_supports("popcnt") != 0) << 1
    | (uint32_t)(__builtin_cpu_supports("avx") != 0) << 2
    | (uint32_t)(__builtin_cpu_supports("avx2") != 0) << 3
    | (uint32_t)(__builtin_cpu_supports("fma") != 0) << 4
    | (uint32_t)(__builtin_cpu_supports("f16c") != 0) << 5
    | (uint32_t)(__builtin_cpu_supports("bmi") != 0) << 6
    | (uint32_t)(__builtin_cpu_supports("bmi2") != 0) << 7
    | (uint32_t)(__builtin_cpu_supports("lzcnt") != 0) << 8
    | (uint32_t)(__builtin_cpu_supports("movbe") != 0) << 9
    | (uint32_t)(__builtin_cpu_supports("avx512f") != 0) << 10
    | (uint32_t)(__builtin_cpu_supports("avx512cd") != 0) << 11
    | (uint32_t)(__builtin_cpu_supports("avx512dq") != 0) << 12
    | (uint32_t)(__builtin_cpu_supports("avx512bw") != 0) << 13
    | (uint32_t)(__builtin_cpu_supports("avx512vl") != 0) << 14
    | (uint32_t)(__builtin_cpu_supports("avx512ifma") != 0) << 15
    | (uint32_t)(__builtin_cpu_supports("avx512vbmi") != 0) << 16
    | (uint32_t)(__builtin_cpu_supports("avx512vbmi2") != 0) << 17
    | (uint32_t)(__builtin_cpu_supports("avx512vnni") != 0) << 18
    | (uint32_t)(__builtin_cpu_supports("avx512bitalg") != 0) << 19
    | (uint32_t)(__builtin_cpu_supports("avx512vpopcntdq") != 0) << 20
    | (uint32_t)(__builtin_cpu_supports("gfni") != 0) << 21
#endif
    ;
}

static const uint32_t processor_features_compiled_for = 0
#ifdef __SSE4_2__
    | UINT32_C(1) << 0
#endif
#ifdef __POPCNT__
    | UINT32_C(1) << 1
#endif
#ifdef __AVX__
    | UINT32_C(1) << 2
#endif
#ifdef __AVX2__
    | UINT32_C(1) << 3
#endif
#ifdef __FMA__
    | UINT32_C(1) << 4
#endif
#ifdef __F16C__
    | UINT32_C(1) << 5
#endif
#ifdef __BMI__
    | UINT32_C(1) << 6
#endif
#ifdef __BMI2__
    | UINT32_C(1) << 7
#endif
#ifdef __LZCNT__
    | UINT32_C(1) << 8
#endif
#ifdef __MOVBE__
    | UINT32_C(1) << 9
#endif
#ifdef __AVX512F__
    | UINT32_C(1) << 10
#endif
#ifdef __AVX512CD__
    | UINT32_C(1) << 11
#endif
#ifdef __AVX512DQ__
    | UINT32_C(1) << 12
#endif
#ifdef __AVX512BW__
    | UINT32_C(1) << 13
#endif
#ifdef __AVX512VL__
    | UINT32_C(1) << 14
#endif
#ifdef __AVX512IFMA__
    | UINT32_C(1) << 15
#endif
#ifdef __AVX512VBMI__
    | UINT32_C(1) << 16
#endif
#ifdef __AVX512VBMI2__
    | UINT32_C(1) << 17
#endif
#ifdef __AVX512VNNI__
    | UINT32_C(1) << 18
#endif
#ifdef __AVX512BITALG__
    | UINT32_C(1) << 19
#endif
#ifdef __AVX512VPOPCNTDQ__
    | UINT32_C(1) << 20
#endif
#ifdef __GFNI__
    | UINT32_C(1) << 21
#endif
    ;

// Has the cache line at a place, which need not be there, read from memory.
static inline void processor_prefetch(const void *place) { __builtin_prefetch(place); }
