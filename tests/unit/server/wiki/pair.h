/*
 * pair.h - two wikis that are asked the same, one with an index and one whose
 * index is made and not taken: they must answer the same.
 */
#ifndef PLEIN_TEST_PAIR_H
#define PLEIN_TEST_PAIR_H

#include "town.h"

#include "wiki/rebuild.h"

#define PAIR_PATIENCE_MS 10000

struct pair {
	struct town *whole, *bare;
	uint64_t luck;
};

static inline void
pair_enter(const struct town *t)
{
	assert_int_equal(chdir(t->dir), 0);
}

/* An index is finished and not taken. */
static inline void
pair_lose_index(struct town *t)
{
	pair_enter(t);
	index_close(t->desk.index);
	t->desk.index = NULL;
	assert_int_equal(unlink(DATA_INDEX), 0);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), PLEIN_EBUSY);
	assert_true(rebuild_wait(t->desk.rebuild, PAIR_PATIENCE_MS));
	assert_true(desk_lacks_index(&t->desk));
}

static inline int
pair_setup(void **state)
{
	struct pair *p = mem_alloc(sizeof(*p));
	void *town = NULL;

	(void)town_setup(&town);
	p->whole = town;
	assert_int_equal(fchdir(p->whole->home), 0);
	(void)town_setup(&town);
	p->bare = town;
	p->bare->desk.rebuild = rebuild_new(NULL, NULL);
	pair_lose_index(p->bare);
	p->luck = 12345;
	*state = p;
	return 0;
}

static inline int
pair_teardown(void **state)
{
	struct pair *p = *state;
	void *town = p->whole;

	rebuild_free(p->bare->desk.rebuild);
	p->bare->desk.rebuild = NULL;
	pair_enter(p->whole);
	(void)town_teardown(&town);
	town = p->bare;
	pair_enter(p->bare);
	(void)town_teardown(&town);
	free(p);
	return 0;
}

static inline unsigned
pair_draw(struct pair *p, unsigned n)
{
	p->luck = p->luck * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(p->luck >> 33) % n;
}

static inline void
pair_drop_commits(json_t *j)
{
	const char *key;
	json_t *value;
	size_t i;

	(void)json_object_del(j, "commit");
	(void)json_object_del(j, "base_commit");
	(void)json_object_del(j, "time");
	json_object_foreach(j, key, value) pair_drop_commits(value);
	json_array_foreach(j, i, value) pair_drop_commits(value);
}

static inline char *
pair_dump(json_t *j)
{
	char *text;

	pair_drop_commits(j);
	text = json_dumps(j, JSON_SORT_KEYS | JSON_ENCODE_ANY | JSON_COMPACT);
	return text ? text : mem_strdup("");
}

static inline void
pair_assert_alike(json_t *a, json_t *b, const char *what)
{
	char *x = pair_dump(a), *y = pair_dump(b);

	if (strcmp(x, y) != 0)
		fail_msg("%s\n with: %s\n without: %s", what, x, y);
	free(x);
	free(y);
}

/* The same of both; the code. */
static inline int
pair_ask(struct pair *p, enum role role, const char *method, const char *params)
{
	json_t *whole, *bare;
	char what[600];
	int rc;

	(void)snprintf(what, sizeof(what), "%s %s", method, params);
	pair_enter(p->bare);
	rc = town_ask(p->bare, role, method, params, &bare);
	pair_enter(p->whole);
	if (rc != town_ask(p->whole, role, method, params, &whole))
		fail_msg("%s: without an index %s (%s), with one %s (%s)", what,
			 err_name(rc), p->bare->err.msg,
			 err_name(p->whole->err.code), p->whole->err.msg);
	pair_assert_alike(whole, bare, what);
	pair_assert_alike(p->whole->args, p->bare->args, what);
	json_decref(whole);
	json_decref(bare);
	return rc;
}

/* Of both, so that commits are called the same. */
static inline void
pair_commit(struct pair *p, const char *path, const char *text)
{
	struct repo_id id;

	pair_enter(p->whole);
	town_commit(p->whole->desk.repo, path, text, "Zo\n", &id);
	pair_enter(p->bare);
	town_commit(p->bare->desk.repo, path, text, "Zo\n", &id);
}

#endif
