/* turns.c - see turns.h. */
#include "wiki/turns.h"

int
turns_take(struct turns *t, struct job *j, bool *now, struct err *err)
{
	*now = t->running < TURNS_AT_ONCE;
	if (*now) {
		t->running++;
		return 0;
	}
	if (t->waiting.len >= TURNS_WAITING)
		return err_set(err, PLEIN_EBUSY, "too many wait for this");
	vec_push(&t->waiting, j);
	return 0;
}

struct job *
turns_next(struct turns *t)
{
	if (t->waiting.len > 0)
		return vec_remove(&t->waiting, 0);
	t->running--;
	return NULL;
}
