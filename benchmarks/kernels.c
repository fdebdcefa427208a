/* Dear kernels as straightforward loops over the same arrays, for benchmarks/against_c.py to hold the engine against. */
#include <math.h>
#include <stdint.h>

typedef struct { double v[4]; } four;

static four uniforms(uint64_t run, uint64_t stream, uint64_t round, uint64_t who, uint64_t index) {
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

static double distance(const double *stated, const double *own, int64_t issues) {
    double total = 0.0;
    for (int64_t k = 0; k < issues; k++) total += fabs(stated[k] - own[k]);
    return 0.5 * total;
}

/* Levers neutral: nobody speaks at a forum, voices count by standing. */
void listen(int64_t leaders, int64_t issues, const int64_t *start, const int32_t *to, const double *strength,
            const double *trust, const uint8_t *present, const uint8_t *talking, const double *standing,
            const double *stated, const double *priorities, double *revised, double limit, double self_weight) {
    for (int64_t i = 0; i < leaders; i++) {
        if (!talking[i]) continue;
        double total = self_weight;
        for (int64_t k = 0; k < issues; k++) revised[i * issues + k] = self_weight * priorities[i * issues + k];
        for (int64_t t = start[i]; t < start[i + 1]; t++) {
            int64_t j = to[t];
            if (j >= 0 && present[j] && distance(stated + j * issues, priorities + i * issues, issues) <= limit) {
                double weight = strength[t] * trust[t] * standing[j];
                total += weight;
                for (int64_t k = 0; k < issues; k++) revised[i * issues + k] += weight * stated[j * issues + k];
            }
        }
        for (int64_t k = 0; k < issues; k++)
            revised[i * issues + k] = total > 0.0 ? revised[i * issues + k] / total : priorities[i * issues + k];
    }
}

void state_priorities(int64_t leaders, int64_t issues, const uint64_t *run, const int32_t *island, const uint64_t *key,
                      const uint8_t *present, uint8_t *talking, const double *priorities, double *stated,
                      double *revised, int64_t stream, int64_t round, double garble) {
    for (int64_t i = 0; i < leaders; i++) {
        talking[i] = present[i];
        for (int64_t k = 0; k < issues; k++)
            stated[i * issues + k] = revised[i * issues + k] = priorities[i * issues + k];
        if (garble <= 0.0 || !talking[i]) continue;
        const double *own = priorities + i * issues;
        double mark = uniforms(run[island[i]], stream, round, key[i], 0).v[0];
        int64_t loud = issues - 1;
        for (int64_t k = 0; k < issues; k++) {
            mark -= own[k];
            if (mark < 0.0) { loud = k; break; }
        }
        for (int64_t k = 0; k < issues; k++)
            stated[i * issues + k] += garble * ((k == loud ? 1.0 : 0.0) - own[k]);
    }
}

/* Trust follows deeds. */
void judge(int64_t leaders, const int64_t *start, const int32_t *to, const double *strength, double *trust,
           const uint8_t *present, const uint8_t *accepts, const int32_t *team,
           const double *shares, const double *size, const uint8_t *pledged, const double *pledge,
           const double *record, const double *contribution, double *trusting, double up, double down,
           double reciprocity, double least, double betrayal, double leaning, double lesson) {
    for (int64_t i = 0; i < leaders; i++) {
        if (!present[i]) continue;
        double given = shares[team[i]] / size[team[i]];
        double fair = given + reciprocity * (contribution[i] - given), attention = 0.0, lessons = 0.0;
        if (fair < least) fair = least;
        for (int64_t t = start[i]; t < start[i + 1]; t++) {
            int64_t j = to[t];
            if (j < 0 || !present[j] || !accepts[j]) continue;
            double expected = fair, counts = 1.0, missing = 0.0;
            if (pledged[j]) {
                if (pledge[j] > fair) expected += record[j] * (pledge[j] - fair);
                counts += betrayal;
            }
            if (expected > 0.0 && contribution[j] < expected) missing = 1.0 - contribution[j] / expected;
            double kept = 1.0 - counts * missing;
            if (kept < 0.0) kept = 0.0;
            double rest = kept + leaning * (trusting[i] - kept);
            trust[t] += (rest > trust[t] ? up : down) * strength[t] * (rest - trust[t]);
            attention += strength[t];
            lessons += strength[t] * kept;
        }
        if (attention > 0.0) trusting[i] += lesson * (lessons / attention - trusting[i]);
    }
}

static int64_t tied(const int64_t *start, const int32_t *to, const double *strength, int64_t i, double chance) {
    double total = 0.0;
    for (int64_t t = start[i]; t < start[i + 1]; t++) total += strength[t];
    if (total == 0.0) return -1;
    double mark = chance * total;
    for (int64_t t = start[i]; t < start[i + 1]; t++) {
        mark -= strength[t];
        if (mark < 0.0) return to[t];
    }
    return to[start[i + 1] - 1];
}

void seek(int64_t leaders, int64_t sectors, int64_t most, const int64_t *start, const int32_t *to,
          const double *strength, const uint64_t *run, const uint64_t *key, const int8_t *habitual,
          const int32_t *island, const int32_t *sector, const uint8_t *present, const int64_t *leader_start,
          const int64_t *sector_start, const int32_t *members, int32_t *encounters, int64_t stream, int64_t round,
          int64_t turn, double to_tie, double to_sector, double to_friend) {
    for (int64_t i = 0; i < leaders; i++) {
        if (turn >= habitual[i]) continue;
        four chances = uniforms(run[i], stream, round, key[i], turn + 1);
        int64_t j = -1;
        if (chances.v[0] < to_tie) j = tied(start, to, strength, i, chances.v[1]);
        else if (chances.v[0] >= to_friend) {
            int64_t first = leader_start[island[i]], all = leader_start[island[i] + 1] - first;
            j = tied(start, to, strength, first + (int64_t)(chances.v[2] * (double)all), chances.v[3]);
        } else if (chances.v[0] >= to_sector) {
            int64_t friend = tied(start, to, strength, i, chances.v[1]);
            if (friend >= 0) j = tied(start, to, strength, friend, chances.v[2]);
        }
        if (j < 0) {
            const int64_t *edge = sector_start + island[i] * (sectors + 1) + sector[i];
            j = members[edge[0] + (int64_t)(chances.v[1] * (double)(edge[1] - edge[0]))];
        }
        if (j != i && present[j]) encounters[i * most + turn] = (int32_t)j;
    }
}

static void strengthen(const int64_t *start, int32_t *to, double *strength, double *trust, int64_t i, int32_t j,
                       double gain, double trusting, double premium) {
    int64_t weakest = -1;
    double least = gain;
    for (int64_t t = start[i]; t < start[i + 1]; t++) {
        if (to[t] == j) {
            strength[t] += gain * (1.0 - strength[t]);
            trust[t] += premium * (1.0 - trust[t]);
            return;
        }
        if (strength[t] < least) weakest = t, least = strength[t];
    }
    if (weakest < 0) return;
    to[weakest] = j;
    strength[weakest] = gain;
    trust[weakest] = trusting + premium * (1.0 - trusting);
}

void encounter(int64_t leaders, int64_t most, const int64_t *start, int32_t *to, double *strength, double *trust,
               const int8_t *habitual, const int8_t *convened, const int32_t *encounters, const double *trusting,
               double gain, double mutual, double premium) {
    for (int64_t i = 0; i < leaders; i++)
        for (int64_t m = 0; m < habitual[i] + convened[i]; m++) {
            int32_t j = encounters[i * most + m];
            if (j < 0) continue;
            strengthen(start, to, strength, trust, i, j, gain, trusting[i], premium);
            if (mutual > 0.0)
                strengthen(start, to, strength, trust, j, (int32_t)i, mutual * gain, trusting[j], premium);
        }
}

static double uniform(uint64_t run, uint64_t stream, uint64_t round, uint64_t who) {
    four found = uniforms(run, stream, round, who, 0);
    uint64_t a = (uint64_t)(found.v[0] * 4294967296.0), b = (uint64_t)(found.v[1] * 4294967296.0);
    return ((double)(a >> 5) * 67108864.0 + (double)(b >> 6)) / 9007199254740992.0;
}

/* Re-engineered: what is learnt of others' deeds (trust, beliefs, willingness) and the measures of trust in one pass
 * over each leader's ties, where the engine makes three. */
void judge_learn_measure(
    int64_t islands, const int64_t *restrict leader_start, const int64_t *restrict start, const int32_t *restrict
    to, const double *restrict strength, double *restrict trust, const uint64_t *restrict run, const uint64_t
    *restrict key, const uint8_t *restrict present, const uint8_t *restrict accepts, const int32_t *restrict team,
    const int32_t *restrict sector, const double *restrict shares, const double *restrict size, const uint8_t
    *restrict pledged, const double *restrict pledge, const double *restrict record, const double *restrict
    contribution, double *restrict trusting, double *restrict faith, double *restrict belief, double *restrict
    willing, double *restrict found, double *restrict across_found, double *restrict strength_found, int64_t stream,
    int64_t round, double up, double down, double reciprocity, double least, double betrayal, double leaning, double
    lesson, double constant, double weight, double own, double in_public, double quits, double reassured, double
    returns) {
    for (int64_t b = 0; b < islands; b++) {
        double count = 0.0, total = 0.0, across = 0.0, total_across = 0.0, sum = 0.0, sum_across = 0.0;
        for (int64_t i = leader_start[b]; i < leader_start[b + 1]; i++) {
            if (!present[i]) continue;
            double given = shares[team[i]] / size[team[i]], others = size[team[i]] - 1.0;
            double fair = given + reciprocity * (contribution[i] - given);
            double disposed = trusting[i], attention = 0.0, lessons = 0.0, attended = 0.0, met = 0.0, trusted = 0.0;
            if (fair < least) fair = least;
            for (int64_t t = start[i]; t < start[i + 1]; t++) {
                int64_t j = to[t];
                if (j < 0 || !present[j]) continue;
                double now = trust[t], there = strength[t];
                if (accepts[j]) {
                    double expected = fair, counts = 1.0, missing = 0.0;
                    if (pledged[j]) {
                        if (pledge[j] > fair) expected += record[j] * (pledge[j] - fair);
                        counts += betrayal;
                    }
                    missing = 1.0 - contribution[j] / expected; /* no branch: who falls short cannot be foreseen */
                    missing = expected > 0.0 && missing > 0.0 ? missing : 0.0;
                    double kept = 1.0 - counts * missing;
                    kept = kept > 0.0 ? kept : 0.0;
                    double rest = kept + leaning * (disposed - kept);
                    double rate = rest > now ? up : down;
                    now += rate * there * (rest - now);
                    trust[t] = now;
                    attention += there;
                    lessons += there * kept;
                }
                met += there;
                attended += there * contribution[j];
                trusted += there * now;
                double other = sector[i] != sector[j] ? 1.0 : 0.0;
                count += 1.0;
                total += now;
                sum += there;
                across += other;
                total_across += other * now;
                sum_across += other * there;
            }
            if (attention > 0.0) trusting[i] += lesson * (lessons / attention - trusting[i]);
            if (others <= 0.0) continue;
            double seen = (shares[team[i]] - contribution[i]) / others;
            if (in_public < 1.0) {
                faith[i] = met > 0.0 ? trusted / met : trusting[i];
                if (met > 0.0) seen = in_public * seen + (1.0 - in_public) * attended / met;
            }
            double believed = constant + weight * seen + own * belief[i];
            belief[i] = believed < 0.0 ? 0.0 : believed > 1.0 ? 1.0 : believed;
            if (quits > 0.0) {
                double chance = uniform(run[i], stream, round, key[i]);
                if (willing[i] > 0.0) {
                    if (chance < quits - reassured * seen) willing[i] = 0.0;
                } else if (chance < returns) {
                    willing[i] = 1.0;
                }
            }
        }
        found[b] = count > 0.0 ? total / count : NAN;
        across_found[b] = across > 0.0 ? total_across / across : NAN;
        strength_found[b] = sum > 0.0 ? sum_across / sum : NAN;
    }
}
