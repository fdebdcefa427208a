/* commonweal.model.luck.uniforms: four numbers in (0, 1) with 32 random bits each. */
#include <stdint.h>

typedef struct { double v[4]; } four;

static inline four uniforms(uint64_t run, uint64_t stream, uint64_t round, uint64_t who, uint64_t index) {
    uint64_t c0 = who & 0xFFFFFFFFu, c1 = who >> 32, c2 = round, c3 = stream << 16 | index;
    uint64_t k0 = run & 0xFFFFFFFFu, k1 = run >> 32;
    for (int r = 0; r < 10; r++) {
        uint64_t p0 = 0xD2511F53u * c0, p1 = 0xCD9E8D57u * c2;
        c0 = (p1 >> 32) ^ c1 ^ k0; c1 = p1 & 0xFFFFFFFFu;
        c2 = (p0 >> 32) ^ c3 ^ k1; c3 = p0 & 0xFFFFFFFFu;
        k0 = (k0 + 0x9E3779B9u) & 0xFFFFFFFFu; k1 = (k1 + 0xBB67AE85u) & 0xFFFFFFFFu;
    }
    double scale = 1.0 / 4294967296.0;
    return (four){{(c0 + 0.5) * scale, (c1 + 0.5) * scale, (c2 + 0.5) * scale, (c3 + 0.5) * scale}};
}
