/*
 * index_chain.c - what overviews list, on its way into the index: questions,
 * decisions, actions, progress and meetings, as the texts of pages say them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "plein/actions.h"
#include "plein/decided.h"
#include "plein/meeting.h"
#include "plein/progress.h"
#include "plein/question.h"
#include "state/index_impl.h"

#define ROWS_MAX 1000 /* of one kind in one page */
#define COUNT_MAX 24 /* bytes of a number as text */

/* What is empty is none. */
static const char *
or_null(const char *s)
{
	return s && s[0] ? s : NULL;
}

static void
add_question(struct index_parts *parts, const char *text, size_t len)
{
	char positions[COUNT_MAX], supporters[COUNT_MAX];
	const struct position *p;
	struct question q;
	size_t n = 0, i;

	question_read(&q, text, len);
	for (i = 0; i < q.positions.len; i++) {
		p = q.positions.items[i];
		n += p->lists[QUESTION_SUPPORT].len;
	}
	(void)snprintf(positions, sizeof(positions), "%zu", q.positions.len);
	(void)snprintf(supporters, sizeof(supporters), "%zu", n);
	index_parts_add(parts, INDEX_QUESTION, 0,
			(const char *const[]){ q.core, positions, supporters });
	question_release(&q);
}

static void
add_decision(struct index_parts *parts, const char *text, size_t len)
{
	struct decided d;

	decided_read(&d, text, len);
	index_parts_add(
		parts, INDEX_DECISION, 0,
		(const char *const[]){ or_null(d.date), d.body, d.place,
				       d.mandate, d.outcome, d.meeting,
				       or_null(d.review), or_null(d.ends),
				       decided_holds(d.outcome) ? "1" : "0" });
	decided_release(&d);
}

static void
add_action(struct index_parts *parts, const struct action *a, size_t i)
{
	index_parts_add(parts, INDEX_ACTION, (int64_t)i,
			(const char *const[]){
				a->number,
				a->undertaking ? "toezegging" : "actie",
				a->text, a->owner, a->to, or_null(a->due),
				action_state_word(a->state), or_null(a->done),
				a->result, a->decision });
}

static void
add_actions(struct index_parts *parts, const char *text, size_t len)
{
	struct vec rows = VEC_INIT;
	size_t i;

	actions_read(&rows, text, len);
	for (i = 0; i < rows.len && i < ROWS_MAX; i++)
		add_action(parts, rows.items[i], i);
	vec_release(&rows, action_free);
}

static void
add_progress(struct index_parts *parts, const char *text, size_t len)
{
	struct vec rows = VEC_INIT;
	const struct progress *p;
	char stage[COUNT_MAX];
	size_t i;

	progress_read(&rows, text, len);
	for (i = 0; i < rows.len && i < ROWS_MAX; i++) {
		p = rows.items[i];
		(void)snprintf(stage, sizeof(stage), "%d", (int)p->stage);
		index_parts_add(parts, INDEX_PROGRESS, (int64_t)i,
				(const char *const[]){ p->theme, stage,
						       p->offers, p->needs,
						       or_null(p->since) });
	}
	vec_release(&rows, progress_free);
}

static void
add_meeting(struct index_parts *parts, const char *text, size_t len)
{
	struct meeting m;

	meeting_read(&m, text, len);
	index_parts_add(parts, INDEX_MEETING, 0,
			(const char *const[]){ or_null(m.date), m.begins,
					       m.ends, m.body,
					       or_null(m.adopted) });
	meeting_release(&m);
}

void
index_gather_chain(struct index_parts *parts, const char *address,
		   const char *text, size_t len)
{
	static const struct {
		enum index_part kind;
		void (*add)(struct index_parts *parts, const char *text,
			    size_t len);
	} kinds[] = {
		{ INDEX_QUESTION, add_question },
		{ INDEX_DECISION, add_decision },
		{ INDEX_ACTION, add_actions },
		{ INDEX_PROGRESS, add_progress },
		{ INDEX_MEETING, add_meeting },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (index_part_is_of(kinds[i].kind, address))
			kinds[i].add(parts, text, len);
}
