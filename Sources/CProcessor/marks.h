// Comparisons of bytes side by side as one number, a bit for each byte: an instruction or two that
// Swift has no word for.
#include <stdint.h>

typedef uint8_t marked_bytes_32 __attribute__((ext_vector_type(32)));
typedef uint8_t marked_bytes_64 __attribute__((ext_vector_type(64)));
typedef _Bool marks_32 __attribute__((ext_vector_type(32)));
typedef _Bool marks_64 __attribute__((ext_vector_type(64)));

// Which of 32 bytes are not 0, the first in the lowest place.
static inline __attribute__((always_inline)) uint32_t marks_of_32(const void *bytes) {
  marked_bytes_32 vector;
  __builtin_memcpy(&vector, bytes, sizeof vector);
  return __builtin_bit_cast(uint32_t, __builtin_convertvector(vector != 0, marks_32));
}

// Which of 64 bytes have a value, the first in the lowest place.
static inline __attribute__((always_inline)) uint64_t places_in_64(
    const void *bytes, uint8_t value) {
  marked_bytes_64 vector;
  __builtin_memcpy(&vector, bytes, sizeof vector);
  return __builtin_bit_cast(
      uint64_t, __builtin_convertvector(vector == (marked_bytes_64)value, marks_64));
}
