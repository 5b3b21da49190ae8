/* auditor.c - see auditor.h. */
#include "wiki/auditor.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/mem.h"
#include "wiki/caller.h"
#include "wiki/origin.h"

/* What is bounded. */
enum kind { REFUSAL, OF_GUEST, N_KINDS };

static const struct {
	int each; /* records of an origin */
	const char *more; /* the act of their count */
	int code; /* and its result */
} kinds[N_KINDS] = {
	[REFUSAL] = { AUDITOR_EACH, "refused.more", PLEIN_EDENIED },
	[OF_GUEST] = { AUDITOR_EACH_GUEST, "guest.more", 0 },
};

struct origin {
	char name[ORIGIN_MAX];
	int recorded[N_KINDS];
	long more[N_KINDS]; /* than were recorded */
};

struct auditor {
	pthread_mutex_t lock; /* guards all of it */
	struct vec pending; /* struct audit_record * */
	int64_t due; /* when they are to be written, while there are any */
	long lost;
	int64_t window_end;
	struct origin origins[AUDITOR_ORIGINS + 1]; /* [0]: all the others */
	size_t n_origins;
	int recorded[N_KINDS]; /* of all origins */
	bool counting; /* some were not recorded */
};

static void
open_window(struct auditor *a, int64_t now)
{
	memset(a->origins, 0, sizeof(a->origins));
	(void)snprintf(a->origins[0].name, ORIGIN_MAX, "*");
	a->n_origins = 1;
	memset(a->recorded, 0, sizeof(a->recorded));
	a->counting = false;
	a->window_end = now + AUDITOR_WINDOW_MS;
}

struct auditor *
auditor_new(void)
{
	struct auditor *a = mem_alloc(sizeof(*a));

	/* cannot fail with default attributes on Linux */
	(void)pthread_mutex_init(&a->lock, NULL);
	open_window(a, 0);
	a->window_end = 0; /* the first that counts opens one */
	return a;
}

void
auditor_free(struct auditor *a)
{
	if (!a)
		return;
	vec_release(&a->pending, audit_record_free);
	(void)pthread_mutex_destroy(&a->lock);
	free(a);
}

/* --- under the lock -------------------------------------------------------- */

static void
add_pending(struct auditor *a, struct audit_record *r_take, int64_t now)
{
	if (a->pending.len >= AUDITOR_PENDING) {
		a->lost++;
		audit_record_free(r_take);
		return;
	}
	if (a->pending.len == 0)
		a->due = now + AUDITOR_MS;
	vec_push(&a->pending, r_take);
}

static struct audit_record *
make_count(const char *act, const char *from, long n, int code)
{
	struct audit_record *r = mem_alloc(sizeof(*r));
	char detail[32];

	(void)snprintf(detail, sizeof(detail), "n=%ld", n);
	r->time = clock_wall();
	r->field[AUDIT_ACT] = mem_strdup(act);
	r->field[AUDIT_FROM] = mem_strdup(from);
	r->field[AUDIT_DETAIL] = mem_strdup(detail);
	r->field[AUDIT_RESULT] = mem_strdup(err_name(code));
	return r;
}

static void
close_window(struct auditor *a, int64_t now)
{
	const struct origin *o;

	for (size_t i = 0; i < a->n_origins; i++) {
		o = &a->origins[i];
		for (int k = 0; k < N_KINDS; k++)
			if (o->more[k])
				add_pending(a,
					    make_count(kinds[k].more, o->name,
						       o->more[k],
						       kinds[k].code),
					    now);
	}
	open_window(a, now);
}

static struct origin *
find_origin(struct auditor *a, const char *peer)
{
	char name[ORIGIN_MAX];
	size_t i;

	origin_name(name, peer);
	for (i = 1; i < a->n_origins; i++)
		if (strcmp(a->origins[i].name, name) == 0)
			return &a->origins[i];
	if (i > AUDITOR_ORIGINS)
		return &a->origins[0];
	a->n_origins++;
	(void)snprintf(a->origins[i].name, ORIGIN_MAX, "%s", name);
	return &a->origins[i];
}

/* One more; does it get a record? */
static bool
count_one(struct auditor *a, enum kind k, const char *peer, int64_t now)
{
	struct origin *o;

	if (now >= a->window_end)
		close_window(a, now);
	o = find_origin(a, peer);
	if (o->recorded[k] < kinds[k].each && a->recorded[k] < AUDITOR_ALL) {
		o->recorded[k]++;
		a->recorded[k]++;
		return true;
	}
	o->more[k]++;
	a->counting = true;
	return false;
}

/* Of somebody who proved nothing? */
static bool
is_of_guest(const struct audit_record *r)
{
	const char *who = r->field[AUDIT_WHO];

	return who &&
	       (strcmp(who, CALLER_GUEST) == 0 || strcmp(who, CALLER_NEW) == 0);
}

static bool
is_recorded(struct auditor *a, const struct audit_record *r, bool refused,
	    int64_t now)
{
	const char *from = r->field[AUDIT_FROM];

	if (!refused && !is_of_guest(r))
		return true;
	return count_one(a, refused ? REFUSAL : OF_GUEST, from ? from : "",
			 now);
}

/* --- from outside ----------------------------------------------------------- */

void
auditor_note(struct auditor *a, struct audit_record *r_take, bool refused,
	     int64_t now)
{
	(void)pthread_mutex_lock(&a->lock);
	if (is_recorded(a, r_take, refused, now))
		add_pending(a, r_take, now);
	else
		audit_record_free(r_take);
	(void)pthread_mutex_unlock(&a->lock);
}

static int
delay_until(int64_t at, int64_t now)
{
	return at <= now ? 0 : (int)(at - now);
}

int
auditor_delay(struct auditor *a, int64_t now)
{
	int delay = -1, other;

	(void)pthread_mutex_lock(&a->lock);
	if (a->pending.len > 0)
		delay = delay_until(a->due, now);
	if (a->counting) {
		other = delay_until(a->window_end, now);
		if (delay < 0 || other < delay)
			delay = other;
	}
	(void)pthread_mutex_unlock(&a->lock);
	return delay;
}

static void
take_pending(struct auditor *a, bool end, int64_t now, struct vec *out)
{
	(void)pthread_mutex_lock(&a->lock);
	if (a->counting && (end || now >= a->window_end))
		close_window(a, now);
	if (a->lost > 0)
		vec_push(&a->pending,
			 make_count("lost", "", a->lost, PLEIN_EDENIED));
	a->lost = 0;
	*out = a->pending;
	memset(&a->pending, 0, sizeof(a->pending));
	(void)pthread_mutex_unlock(&a->lock);
}

static int
write_all(struct desk *d, const struct vec *records, struct err *err)
{
	int rc = desk_need_state(d, err);

	if (!rc)
		rc = state_begin(d->state, err);
	if (rc)
		return rc;
	for (size_t i = 0; i < records->len && !rc; i++)
		rc = audit_add(d->state, records->items[i], err);
	if (!rc)
		return state_commit(d->state, err);
	state_abort(d->state);
	return rc;
}

/* Before those that came meanwhile. */
static void
put_back(struct auditor *a, struct vec *records, int64_t now)
{
	struct vec later;

	(void)pthread_mutex_lock(&a->lock);
	later = a->pending;
	a->pending = *records;
	for (size_t i = 0; i < later.len; i++)
		add_pending(a, later.items[i], now);
	a->due = now + AUDITOR_RETRY_MS;
	(void)pthread_mutex_unlock(&a->lock);
	vec_release(&later, NULL);
}

int
auditor_write(struct auditor *a, struct desk *d, bool end, int64_t now,
	      struct err *err)
{
	struct vec records;
	int rc;

	take_pending(a, end, now, &records);
	rc = records.len > 0 ? write_all(d, &records, err) : 0;
	if (rc)
		put_back(a, &records, now);
	else
		vec_release(&records, audit_record_free);
	return rc;
}
