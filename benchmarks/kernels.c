/* Dear kernels as straightforward loops over the same arrays, for benchmarks/against_c.py to hold the engine against. */
#include <math.h>
#include <stdint.h>

#include "luck.h"

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
