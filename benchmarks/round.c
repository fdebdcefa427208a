/* The whole baseline round as C that was written to be fast, for benchmarks/round_in_c.py to hold the engine against.
 *
 * Rows of ties have W slots, all leaders have K issues; community by community, all passes of one before the next; what
 * the engine does in several passes over leaders or ties is one where it can be: habits with fading, listening with
 * taking up, what is learnt of deeds with the measures of trust. Levers are neutral: what they would call is left out.
 * Sums go in the engine's order, so that every bit is the engine's. `State`, `Of` (the mechanisms' numbers) and `Out`
 * (measures) are made from the engine's own tables. Sorting is numpy's, between the two functions. */
#include <math.h>

#include "luck.h"

#define always static inline __attribute__((always_inline))
/* Nearly all rows of ties are W long: what goes over one is compiled for that width, and for any. */
#define BY_WIDTH(call) do { \
        int w = (int)(s->ties_start[i + 1] - s->ties_start[i]); \
        if (w == W) { w = W; call; } else call; \
    } while (0)

/* Two numbers for each leader of a community: a loop of vectors. */
static void draw(const State *s, double *one, double *other, uint64_t stream, int64_t round, int64_t begin,
                 int64_t end) {
    for (int64_t i = begin; i < end; i++) {
        four found = uniforms(s->leaders_run[i], stream, round, s->leaders_key[i], 0);
        one[i - begin] = found.v[0];
        other[i - begin] = found.v[1];
    }
}

/* A number of 53 bits from two of 32. */
static inline double precise(double one, double other) {
    uint64_t a = (uint64_t)(one * 4294967296.0), b = (uint64_t)(other * 4294967296.0);
    return ((double)(a >> 5) * 67108864.0 + (double)(b >> 6)) / 9007199254740992.0;
}

static inline double least_of(double a, double b) { return b < a ? b : a; }
static inline double most_of(double a, double b) { return b > a ? b : a; }

always void fade(const State *s, const Of *of, int64_t i, int w) {
    double *strength = s->ties_strength + s->ties_start[i], total = 0.0, kept = 1.0 - of->decay;
    int32_t *to = s->ties_to + s->ties_start[i];
    for (int t = 0; t < w; t++) total += strength[t];
    if (of->capacity > 0.0) kept *= least_of(1.0, of->capacity / most_of(total, of->capacity));
    for (int t = 0; t < w; t++) {
        double left = kept * strength[t];
        int gone = left < of->forgotten;
        strength[t] = gone ? 0.0 : left;
        to[t] = gone ? -1 : to[t];
    }
}

/* Before it are the purse, which pays nothing, and who is there. */
static void meet(const State *s, const Of *of, int64_t b, int64_t begin, int64_t end, int64_t round, double *room) {
    double *chance = room, *other = room + end - begin;
    draw(s, chance, other, of->HABIT, round, begin, end);
    s->islands_money[b] = s->islands_time[b] = 0.0;
    double there = 0.0;
    for (int64_t i = begin; i < end; i++) {
        BY_WIDTH(fade(s, of, i, w));
        int32_t *met = s->leaders_encounters + i * 12;
        int habitual = 0;
        if (s->leaders_present[i]) {
            habitual = (int)(of->habit + chance[i - begin]);
            there += 1.0;
        }
        if (habitual > 12) habitual = 12;
        s->leaders_habitual[i] = (int8_t)habitual;
        s->leaders_convened[i] = 0;
        s->leaders_busy[i] = 0.0;
        for (int m = 0; m < 12; m++) met[m] = -1;
    }
    s->teams_size[b] = there;
}

static int64_t tied(const State *s, int64_t i, double chance) {
    const double *strength = s->ties_strength + s->ties_start[i];
    int w = (int)(s->ties_start[i + 1] - s->ties_start[i]), slot = 0;
    double total = 0.0;
    for (int t = 0; t < w; t++) total += strength[t];
    if (total == 0.0) return -1;
    double mark = chance * total;
    for (int t = 0; t < w; t++) {
        mark -= strength[t];
        slot += mark >= 0.0;
    }
    return s->ties_to[s->ties_start[i] + (slot < w - 1 ? slot : w - 1)];
}

static void seek(const State *s, const Of *of, int64_t b, int64_t begin, int64_t end, int64_t round) {
    for (int64_t i = begin; i < end; i++)
        for (int turn = 0; turn < s->leaders_habitual[i]; turn++) {
            four chances = uniforms(s->leaders_run[i], of->HABIT, round, s->leaders_key[i], turn + 1);
            double kind = chances.v[0];
            int64_t j = -1;
            if (kind < of->by_tie) j = tied(s, i, chances.v[1]);
            else if (kind >= of->to_friend)
                j = tied(s, begin + (int64_t)(chances.v[2] * (double)(end - begin)), chances.v[3]);
            else if (kind >= of->to_sector) {
                int64_t friend = tied(s, i, chances.v[1]);
                if (friend >= 0) j = tied(s, friend, chances.v[2]);
            }
            if (j < 0) {
                const int64_t *edge = s->islands_sector_start + b * SECTORS + s->leaders_sector[i];
                j = s->islands_members[edge[0] + (int64_t)(chances.v[1] * (double)(edge[1] - edge[0]))];
            }
            if (j != i && s->leaders_present[j]) s->leaders_encounters[i * 12 + turn] = (int32_t)j;
        }
}

static void strengthen(const State *s, int64_t i, int32_t j, double gain, double premium) {
    int64_t at = s->ties_start[i];
    int32_t *to = s->ties_to + at;
    double *strength = s->ties_strength + at, *trust = s->ties_trust + at, least = gain;
    int weakest = -1, w = (int)(s->ties_start[i + 1] - at);
    for (int t = 0; t < w; t++) {
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
    trust[weakest] = s->leaders_trusting[i] + premium * (1.0 - s->leaders_trusting[i]);
}

static void encounter(const State *s, const Of *of, int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++)
        for (int m = 0; m < s->leaders_habitual[i]; m++) {
            int32_t j = s->leaders_encounters[i * 12 + m];
            if (j < 0) continue;
            strengthen(s, i, j, of->gain, of->premium);
            if (of->mutual > 0.0) strengthen(s, j, (int32_t)i, of->mutual * of->gain, of->premium);
        }
}

always void listen(const State *s, const Of *of, int64_t i, int w, const double *own, double *mean, double *total) {
    for (int64_t t = s->ties_start[i]; t < s->ties_start[i] + w; t++) {
        int32_t j = s->ties_to[t];
        if (j < 0 || !s->leaders_present[j]) continue;
        const double *said = s->leaders_stated + (int64_t)j * K;
        double weight = s->ties_strength[t] * s->ties_trust[t] * s->leaders_standing[j], far = 0.0;
        for (int k = 0; k < K; k++) far += fabs(said[k] - own[k]);
        weight = 0.5 * far <= of->bound ? weight : 0.0;
        for (int k = 0; k < K; k++) mean[k] += weight * said[k];
        *total += weight;
    }
}

static void talk(const State *s, const Of *of, int64_t begin, int64_t end, int64_t round, double *room) {
    double *chance = room, *other = room + end - begin;
    draw(s, chance, other, of->GARBLE, round, begin, end);
    for (int64_t i = begin; i < end; i++) {
        double *own = s->leaders_priorities + i * K, *stated = s->leaders_stated + i * K;
        s->leaders_talking[i] = s->leaders_present[i];
        for (int k = 0; k < K; k++) stated[k] = own[k];
        if (of->noise <= 0.0 || !s->leaders_present[i]) continue;
        double mark = chance[i - begin];
        int loud = 0;
        for (int k = 0; k < K; k++) {
            mark -= own[k];
            loud += mark >= 0.0;
        }
        if (loud > K - 1) loud = K - 1;
        for (int k = 0; k < K; k++) stated[k] += of->noise * ((k == loud ? 1.0 : 0.0) - own[k]);
    }
    for (int64_t i = begin; i < end; i++) {
        double *own = s->leaders_priorities + i * K, *revised = s->leaders_revised + i * K, mean[K];
        for (int k = 0; k < K; k++) revised[k] = own[k];
        if (!s->leaders_talking[i]) continue;
        double total = of->self_weight;
        for (int k = 0; k < K; k++) mean[k] = of->self_weight * own[k];
        BY_WIDTH(listen(s, of, i, w, own, mean, &total));
        for (int k = 0; k < K; k++) {
            double heard = total > 0.0 ? mean[k] / total : own[k];
            double pull = of->speed * (heard - own[k]) + of->anchoring * (s->leaders_anchor[i * K + k] - own[k]);
            revised[k] = own[k] + pull;
        }
        for (int k = 0; k < K; k++) own[k] = revised[k];
    }
}

static double overlap_of(const double *one, const double *other) {
    double total = 0.0;
    for (int k = 0; k < K; k++) total += least_of(one[k], other[k]);
    return total;
}

always void know(const State *s, int64_t i, int w, double *known, double *trust) {
    for (int64_t t = s->ties_start[i]; t < s->ties_start[i] + w; t++) {
        int32_t j = s->ties_to[t];
        if (j < 0) continue;
        double there = s->leaders_seated[j] ? 1.0 : 0.0;
        *known += there;
        *trust += there * s->ties_trust[t];
    }
}

/* Who sits at the table, what is proposed, who accepts it; a refused agenda is amended. What leaders insist on is
 * found once, and held against the agenda as often as it changes. */
static void agree(const State *s, const Of *of, int64_t b, int64_t begin, int64_t end, double *insists) {
    double *agenda = s->islands_agenda + b * K, seated = 0.0, standing = 0.0;
    for (int64_t i = begin; i < end; i++) {
        s->leaders_seated[i] = s->leaders_present[i] && s->leaders_invited[i];
        if (s->leaders_seated[i]) seated += 1.0, standing += s->leaders_standing[i];
        s->leaders_inspired[i] = 0.0;
        s->leaders_pledged[i] = s->leaders_exemplar[i] = 0;
        if (s->leaders_present[i]) s->leaders_commitment[i] += of->pace * (0.0 - s->leaders_commitment[i]);
    }
    for (int k = 0; k < K; k++) agenda[k] = 0.0;
    for (int64_t i = begin; i < end; i++) {
        double voice = 0.0, heard = 0.0;
        if (s->leaders_seated[i]) voice = s->leaders_standing[i] / standing, heard = least_of(voice * seated, 1.0);
        s->leaders_voice[i] = voice;
        s->leaders_heard[i] = heard;
        for (int k = 0; k < K; k++) agenda[k] += voice * s->leaders_priorities[i * K + k];
    }
    for (int64_t i = begin; i < end; i++) {
        double known = 0.0, trust = 0.0;
        BY_WIDTH(know(s, i, w, &known, &trust));
        double others = seated - s->leaders_seated[i], strangers = most_of(others - known, 0.0);
        trust = (trust + strangers * s->leaders_trusting[i]) / most_of(others, 1.0);
        insists[i - begin] = s->islands_insistence[b] * s->leaders_reservation[i] * (1.0 - of->trust_eases * trust);
    }
    int agreed = 0;
    for (int64_t turn = 0; turn <= (int64_t)of->amendments; turn++) {
        double for_it = 0.0, at_all = 0.0, refusers = 0.0, wanted[K] = {0.0};
        for (int64_t i = begin; i < end; i++) {
            const double *own = s->leaders_priorities + i * K;
            double overlap = overlap_of(own, agenda);
            int accepts = overlap >= insists[i - begin];
            s->leaders_overlap[i] = overlap;
            s->leaders_accepts[i] = (uint8_t)accepts;
            at_all += s->leaders_voice[i];
            if (accepts) for_it += s->leaders_voice[i];
        }
        agreed = at_all > 0.0 && for_it >= of->quota * at_all - 1e-12;
        if (agreed || turn == (int64_t)of->amendments) break;
        for (int64_t i = begin; i < end; i++)
            if (s->leaders_seated[i] && !s->leaders_accepts[i]) {
                refusers += 1.0;
                for (int k = 0; k < K; k++) wanted[k] += s->leaders_priorities[i * K + k];
            }
        if (refusers == 0.0) break;
        for (int k = 0; k < K; k++) agenda[k] += of->concession * (wanted[k] / refusers - agenda[k]);
    }
    s->islands_agreed[b] = (uint8_t)agreed;
    s->islands_reopened[b] = 0;
    double lasting = agreed ? 1.0 - s->islands_insistence[b] : -s->islands_insistence[b];
    s->islands_insistence[b] += of->weariness * lasting;
}

static void give(const State *s, const Of *of, int64_t b, int64_t begin, int64_t end, int64_t round, double *room) {
    double *chance = room, *other = room + end - begin;
    draw(s, chance, other, of->NOISE, round, begin, end);
    double pool = 0.0, shares = 0.0, mpcr = of->multiplier / most_of(s->teams_size[b], 1.0);
    double worth = of->responsiveness * mpcr + of->group_weight * (of->multiplier - mpcr);
    for (int64_t i = begin; i < end; i++) {
        double share = 0.0;
        s->leaders_asked[i] = 0.0;
        if (s->leaders_present[i] && s->leaders_accepts[i]) {
            double belief = s->leaders_belief[i], overlap = s->leaders_overlap[i];
            double stated = s->leaders_willing[i] * least_of(s->leaders_intercept[i] + s->leaders_slope[i] * belief, 1.0);
            double aligned = 1.0 - of->misalignment * (1.0 - overlap);
            double trusted = 1.0 + of->trust_slope * (s->leaders_faith[i] - 0.5);
            double back = (1.0 + s->islands_known_match[b]) * overlap * worth;
            double motives = of->disposition + of->temper_spread * s->leaders_temper[i] + s->leaders_motivation[i] +
                             of->commitment_pull * s->leaders_commitment[i];
            double pull = (of->stated_gain * stated + of->matching * belief) * aligned * trusted;
            double part = of->inspiration * s->leaders_inspired[i] - of->ownership * (1.0 - s->leaders_heard[i]);
            double odds = motives + part + pull + back + of->responsiveness * s->islands_known_esteem[b];
            share = 1.0 / (1.0 + exp(-odds));
            if (chance[i - begin] < of->chance) share = other[i - begin] < share ? 1.0 : 0.0;
        }
        s->leaders_contribution[i] = share;
        s->leaders_given[i] = s->leaders_kept[i] = s->leaders_free[i] = 0.0;
        if (!s->leaders_present[i]) continue;
        double left = s->leaders_endowment[i] * s->islands_capital[b];
        s->leaders_free[i] = most_of(left - s->leaders_tied[i], 0.0);
        s->leaders_given[i] = share * s->leaders_free[i];
        s->leaders_kept[i] = left - s->leaders_given[i];
        pool += s->leaders_given[i];
        shares += share;
    }
    s->teams_pool[b] = pool;
    s->teams_shares[b] = shares;
    s->teams_output[b] = of->multiplier * pool;
}

static void settle(const State *s, const Of *of, int64_t b, int64_t begin, int64_t end) {
    int64_t first = s->islands_group_start[b], last = s->islands_group_start[b + 1];
    double each = s->teams_output[b] / s->teams_size[b], mean = s->teams_shares[b];
    s->islands_destroyed[b] = 0.0;
    for (int64_t g = first; g < last; g++) {
        s->groups_joint[g] = s->groups_own[g] = s->groups_welfare[g] = 0.0;
        for (int k = 0; k < K; k++) s->groups_kept[g * K + k] = 0.0;
    }
    for (int64_t i = begin; i < end; i++) {
        s->leaders_granted[i] = s->leaders_fined[i] = s->leaders_payoff[i] = s->leaders_returned[i] = 0.0;
        if (!s->leaders_present[i]) continue;
        int32_t g = s->leaders_group[i];
        double own = s->leaders_kept[i], overlap = s->leaders_overlap[i], rest = 0.0;
        for (int k = 0; k < K; k++)
            s->groups_kept[g * K + k] += own * s->leaders_priorities[i * K + k] / s->groups_size[g];
        s->groups_joint[g] += each / s->groups_leaders[g];
        s->leaders_returned[i] = each;
        s->leaders_payoff[i] = own + each * overlap;
        if (of->success > 0.0 && s->leaders_usual[i] > 0.0) {
            double gain = (each * overlap - s->leaders_free[i] * mean / s->teams_size[b]) / s->leaders_usual[i];
            rest = of->success * tanh(gain - of->aspiration);
        }
        s->leaders_motivation[i] += of->adaptation * (rest - s->leaders_motivation[i]);
    }
    for (int64_t g = first; g < last; g++) {
        if (s->groups_leaders[g] == 0.0) continue;
        double output = s->groups_joint[g] * s->islands_present[b] / s->islands_people[b], worth = 0.0, by_joint = 0.0;
        for (int k = 0; k < K; k++) {
            s->groups_kept[g * K + k] *= s->islands_alone[b * K + k];
            double joint = output * s->islands_agenda[b * K + k], there = s->groups_kept[g * K + k] + joint;
            double need = s->groups_need[g * K + k];
            if (there > 0.0 && need > 0.0) {
                double part = pow(need, 1.0 - of->substitution) * pow(there, of->substitution);
                worth += part;
                by_joint += part * joint / there;
            }
        }
        s->groups_joint[g] = 0.0;
        if (worth > 0.0) {
            s->groups_welfare[g] = pow(worth, 1.0 / of->substitution);
            s->groups_joint[g] = s->groups_welfare[g] * (by_joint / worth);
            s->groups_own[g] = s->groups_welfare[g] - s->groups_joint[g];
        }
    }
    s->islands_known_match[b] += of->familiarity * (0.0 - s->islands_known_match[b]);
    s->islands_known_esteem[b] += of->familiarity * (0.0 - s->islands_known_esteem[b]);
    s->islands_known_pressure[b] += of->familiarity * (0.0 - s->islands_known_pressure[b]);
}

/* What is learnt of others' deeds, the measures of trust, of giving and of the table, and what is to be sorted. */
static void learn(const State *s, const Of *of, const Out *out, int64_t b, int64_t begin, int64_t end, int64_t round,
                  int64_t width, double *room) {
    double *one = room, *two = room + end - begin;
    draw(s, one, two, of->WILLING, round, begin, end);
    double count = 0.0, total = 0.0, across = 0.0, total_across = 0.0, sum = 0.0, sum_across = 0.0;
    double payoffs = 0.0, off = 0.0, watchers = 0.0, overlaps = 0.0, accepting = 0.0, seated = 0.0, mean = 0.0;
    double square = 0.0, shares = s->teams_shares[b], size = s->teams_size[b], others = size - 1.0, given = shares / size;
    double *ranked = s->islands_ranked + b * (K + 1) * width;
    int64_t row = 0;
    for (int64_t i = begin; i < end; i++) {
        if (!s->leaders_present[i]) continue;
        double own = s->leaders_contribution[i], disposed = s->leaders_trusting[i];
        double fair = most_of(given + of->reciprocity * (own - given), of->least);
        double attention = 0.0, lessons = 0.0, attended = 0.0, met = 0.0, trusted = 0.0;
        for (int64_t t = s->ties_start[i]; t < s->ties_start[i + 1]; t++) {
            int32_t j = s->ties_to[t];
            if (j < 0 || !s->leaders_present[j]) continue;
            double now = s->ties_trust[t], there = s->ties_strength[t], gave = s->leaders_contribution[j];
            if (s->leaders_accepts[j]) {
                double missing = 1.0 - gave / fair;
                missing = fair > 0.0 && missing > 0.0 ? missing : 0.0;
                double kept = most_of(1.0 - missing, 0.0), rest = kept + of->leaning * (disposed - kept);
                now += (rest > now ? of->up : of->down) * there * (rest - now);
                s->ties_trust[t] = now;
                attention += there;
                lessons += there * kept;
            }
            double other = s->leaders_sector[i] != s->leaders_sector[j] ? 1.0 : 0.0;
            met += there, attended += there * gave, trusted += there * now;
            count += 1.0, total += now, sum += there;
            across += other, total_across += other * now, sum_across += other * there;
        }
        if (attention > 0.0) s->leaders_trusting[i] += of->lesson * (lessons / attention - disposed);
        if (others > 0.0) {
            double seen = (shares - own) / others;
            double chance = precise(one[i - begin], two[i - begin]);
            watchers += 1.0;
            if (of->in_public < 1.0) {
                s->leaders_faith[i] = met > 0.0 ? trusted / met : s->leaders_trusting[i];
                if (met > 0.0) seen = of->in_public * seen + (1.0 - of->in_public) * attended / met;
            }
            double believed = of->constant + of->seen * seen + of->own * s->leaders_belief[i];
            s->leaders_belief[i] = least_of(most_of(believed, 0.0), 1.0);
            off += s->leaders_belief[i] - (shares - own) / others;
            if (of->quits > 0.0) {
                if (s->leaders_willing[i] > 0.0) {
                    if (chance < of->quits - of->reassured * seen) s->leaders_willing[i] = 0.0;
                } else if (chance < of->returns) s->leaders_willing[i] = 1.0;
            }
        }
        payoffs += s->leaders_payoff[i];
        overlaps += s->leaders_overlap[i];
        accepting += s->leaders_accepts[i];
        if (s->leaders_seated[i]) {
            seated += 1.0;
            double change = s->leaders_overlap[i] - mean;
            mean += change / seated;
            square += change * (s->leaders_overlap[i] - mean);
        }
        for (int k = 0; k < K; k++) ranked[k * width + row] = s->leaders_priorities[i * K + k];
        ranked[K * width + row++] = s->leaders_voice[i];
    }
    for (int k = 0; k <= K; k++)
        for (int64_t rest = row; rest < width; rest++) ranked[k * width + rest] = INFINITY;
    double n = s->islands_present[b];
    s->islands_cooperation[b] = shares / n;
    s->islands_spent[b] += s->islands_money[b];
    out->cooperation[b] = shares / n;
    out->payoff[b] = payoffs / n;
    out->belief_error[b] = watchers > 0.0 ? off / watchers : NAN;
    out->leaders_curse[b] = NAN;
    out->asked_gifts[b] = out->money[b] = out->spend[b] = 0.0;
    out->trust[b] = count > 0.0 ? total / count : NAN;
    out->trust_across[b] = across > 0.0 ? total_across / across : NAN;
    out->cross_sector_ties[b] = sum > 0.0 ? sum_across / sum : NAN;
    out->alignment[b] = overlaps / n;
    out->acceptability[b] = seated > 0.0 ? mean : NAN;
    out->acceptability_sd[b] = seated > 0.0 ? sqrt(square / seated) : NAN;
    out->agreement[b] = s->islands_agreed[b] ? 1.0 : 0.0;
    out->coalition[b] = accepting / n;
}

static double gini(const State *s, int64_t first, int64_t last, double total) {
    int64_t order[GROUPS];
    double people = 0.0, below = 0.0, found = 1.0;
    for (int64_t g = first; g < last; g++) {
        int64_t at = g - first;
        for (; at > 0 && s->groups_welfare[order[at - 1]] > s->groups_welfare[g]; at--) order[at] = order[at - 1];
        order[at] = g;
        if (s->groups_leaders[g] > 0.0) people += s->groups_size[g];
    }
    for (int64_t at = 0; at < last - first; at++) {
        int64_t g = order[at];
        if (s->groups_leaders[g] == 0.0) continue;
        double gain = s->groups_size[g] * s->groups_welfare[g] / total;
        found -= s->groups_size[g] / people * (2.0 * below + gain);
        below += gain;
    }
    return found;
}

static void welfare(const State *s, const Out *out, int64_t b) {
    int64_t first = s->islands_group_start[b], last = s->islands_group_start[b + 1];
    double total = 0.0, worst = INFINITY, weak = 0.0, weak_people = 0.0, met = 0.0, weak_met = 0.0;
    for (int64_t g = first; g < last; g++) {
        if (s->groups_leaders[g] == 0.0) continue;
        double overlap = overlap_of(s->groups_need + g * K, s->islands_agenda + b * K), size = s->groups_size[g];
        total += s->groups_welfare[g] * size;
        worst = least_of(worst, s->groups_welfare[g]);
        met += overlap * size;
        if (s->groups_marginalised[g])
            weak += s->groups_welfare[g] * size, weak_met += overlap * size, weak_people += size;
    }
    double people = s->islands_people[b], cost = s->islands_money[b] / people;
    out->gini[b] = total > 0.0 ? gini(s, first, last, total) : NAN;
    out->welfare[b] = total / people;
    out->welfare_net[b] = total / people - cost;
    out->worst_off[b] = worst - cost;
    out->representation[b] = met / people;
    out->marginalised_welfare[b] = weak_people > 0.0 ? weak / weak_people - cost : NAN;
    out->marginalised_representation[b] = weak_people > 0.0 ? weak_met / weak_people : NAN;
}

void play(const State *s, const Of *of, const Out *out, int64_t islands, int64_t round, int64_t width, double *room) {
    for (int64_t b = 0; b < islands; b++) {
        int64_t begin = s->islands_leader_start[b], end = s->islands_leader_start[b + 1];
        meet(s, of, b, begin, end, round, room);
        seek(s, of, b, begin, end, round);
        encounter(s, of, begin, end);
        talk(s, of, begin, end, round, room);
        agree(s, of, b, begin, end, room);
        give(s, of, b, begin, end, round, room);
        settle(s, of, b, begin, end);
        learn(s, of, out, b, begin, end, round, width, room);
        welfare(s, out, b);
    }
}

/* After what is ranked has been sorted. */
void finish(const State *s, const Out *out, int64_t islands, int64_t width) {
    for (int64_t b = 0; b < islands; b++) {
        const double *ranked = s->islands_ranked + b * (K + 1) * width;
        double n = s->islands_present[b], apart = 0.0, weighted = 0.0, voice = 0.0;
        for (int k = 0; k < K; k++)
            for (int64_t row = 0; row < (int64_t)n; row++) apart += (2.0 * row - n + 1.0) * ranked[k * width + row];
        for (int64_t row = 0; row < (int64_t)n; row++) {
            weighted += (2.0 * row - n + 1.0) * ranked[K * width + row];
            voice += ranked[K * width + row];
        }
        out->polarisation[b] = n > 1.0 ? apart / (n * (n - 1.0)) : NAN;
        out->voice_gini[b] = voice > 0.0 ? weighted / (n * voice) : NAN;
    }
}
