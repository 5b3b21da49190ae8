/*
 * town.h - what the tests of server/wiki have in common: a small wiki in a
 * scratch folder that is the current directory, a writer's desk, one person
 * of each role, and asking a method in one line.
 */
#ifndef PLEIN_TEST_TOWN_H
#define PLEIN_TEST_TOWN_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "scratch.h"
#include "state/accounts.h"
#include "state/past.h"
#include "store/snap.h"
#include "store/txn.h"
#include "wiki/call.h"
#include "wiki/desk.h"
#include "wiki/pastfill.h"

#define TOWN_KIND "ssh-ed25519"
#define TOWN_BLOB \
	"AAAAC3NzaC1lZDI1NTE5AAAAIGSwDs3ycaBvhQYTYyaOXx0gaDQqZJqcrRgaGOBZCLlb"
#define TOWN_OTHER_BLOB \
	"AAAAC3NzaC1lZDI1NTE5AAAAIPTgAUIiZYwsw7cZsiADJSeYGr9grXegJ4YV+41ogOhj"
#define TOWN_HERE "themas/common-ground"

struct town {
	char dir[SCRATCH_MAX];
	int home; /* the folder the test was started in */
	struct desk desk;
	struct caller *roles[ROLE_HOST + 1];
	struct err err;
	json_t *args; /* of the last error */
};

static const struct {
	const char *path, *text;
} town_files[] = {
	{ "doelstellingen/kansen.md",
	  "---\ntitel: Kansen benutten\ntype: doelstelling\n---\nKansen.\n" },
	{ "hoofdonderwerpen/data.md", "---\ntitel: Data\nhoort_bij: "
				      "[doelstellingen/kansen]\n---\nData.\n" },
	{ "index.md", "---\ntitel: Begin\ntype: start\n---\nWelkom.\n" },
	{ "sjablonen/thema.md", "---\ntitel: Thema\n---\nVul in.\n" },
	{ "themas/common-ground.md",
	  "---\ntitel: Common Ground\ntype: thema\n"
	  "hoort_bij: [hoofdonderwerpen/data, themas/weg]\n"
	  "aliassen: [themas/oude-naam]\n---\nEen visie.\n" },
	{ "vraagstukken/hoe.md",
	  "---\ntitel: \"Hoe dan?\"\ntype: vraagstuk\nstand: open\n"
	  "hoort_bij: [themas/common-ground]\n---\nHoe?\n" },
};

#define TOWN_FILES (sizeof(town_files) / sizeof(town_files[0]))

static inline void
town_write(const char *name, const char *text)
{
	struct err err = ERR_INIT;

	if (fs_replace_at(AT_FDCWD, name, text, strlen(text), 0600, &err))
		fail_msg("%s", err.msg);
}

/* One commit by hand, as a push would make it. */
static inline void
town_commit(struct repo *r, const char *path, const char *text,
	    const char *message, struct repo_id *id)
{
	struct edit e = { .path = path,
			  .text = text,
			  .len = text ? strlen(text) : 0,
			  .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = 1700000000,
			  .message = message };
	struct err err = ERR_INIT;
	struct txn *t;

	if (txn_begin(&t, r, &err) || txn_edit(t, &e, id, &err) ||
	    txn_commit(t, &err))
		fail_msg("%s: %s", path, err.msg);
}

static inline void
town_fill_repo(void)
{
	struct err err = ERR_INIT;
	struct repo *r;
	struct repo_id id;
	size_t i;

	assert_int_equal(mkdir(DATA_SPACES, 0700), 0);
	if (repo_create(DATA_REPO, &err) || repo_open(&r, DATA_REPO, &err))
		fail_msg("%s", err.msg);
	for (i = 0; i < TOWN_FILES; i++)
		town_commit(r, town_files[i].path, town_files[i].text,
			    "Begin\n", &id);
	repo_close(r);
}

static inline void
town_fill_state(void)
{
	struct err err = ERR_INIT;
	struct state *s;
	char line[256];
	int role;

	if (state_open(&s, DATA_STATE, 1, &err))
		fail_msg("%s", err.msg);
	for (role = ROLE_LEZER; role <= ROLE_BEHEERDER; role++)
		assert_int_equal(account_add(s, role_name((enum role)role),
					     "Iemand Anders", (enum role)role,
					     "nl", &err),
				 0);
	(void)snprintf(line, sizeof(line), "%s %s toos@laptop", TOWN_KIND,
		       TOWN_BLOB);
	assert_int_equal(account_add_key(s, "redacteur", line, &err), 0);
	state_close(s);
}

/* What an account can be besides what it is when it is active. */
static const enum role town_lesser[] = { ROLE_BLOCKED, ROLE_APPLICANT,
					 ROLE_SETUP, ROLE_WAITING };

static inline void
town_sign_in(struct town *t)
{
	struct caller *nobody = caller_new(7, "login", "192.0.2.1");
	struct account a;
	int role;

	t->roles[ROLE_NONE] = nobody;
	for (role = ROLE_LEZER; role <= ROLE_BEHEERDER; role++) {
		assert_int_equal(account_get(t->desk.state,
					     role_name((enum role)role), &a,
					     &t->err),
				 0);
		t->roles[role] = caller_sign_in(nobody, &a, "SHA256:x");
		account_release(&a);
	}
	t->roles[ROLE_GAST] = caller_guest(nobody);
	t->roles[ROLE_NEW] = caller_newcomer(nobody, t->desk.conf, NULL, NULL);
	for (size_t i = 0; i < sizeof(town_lesser) / sizeof(town_lesser[0]);
	     i++)
		t->roles[town_lesser[i]] =
			caller_with_role(t->roles[ROLE_LEZER], town_lesser[i]);
	t->roles[ROLE_HOST] = caller_new(0, "host", "");
}

static inline void
town_fill(void)
{
	town_write(DATA_CONF, "naam = Stad\ndomein = stad.example\n"
			      "taal = nl\n");
	town_write(DATA_HOSTKEY ".pub", TOWN_KIND " " TOWN_BLOB " host\n");
	town_fill_repo();
	town_fill_state();
}

static inline void
town_open(struct town *t)
{
	struct err trouble;

	if (desk_open(&t->desk, &desk_writer, &trouble, &t->err))
		fail_msg("%s", t->err.msg);
	if (trouble.code)
		fail_msg("%s", trouble.msg);
}

/* Into an empty scratch folder, without a wiki. */
static inline struct town *
town_enter(void)
{
	struct town *t = mem_alloc(sizeof(*t));

	log_enable(0);
	t->home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (scratch_make(t->dir) || chdir(t->dir))
		fail_msg("no scratch folder");
	return t;
}

/* For cmocka's setup and teardown. */
static inline int
town_setup(void **state)
{
	struct town *t = town_enter();

	town_fill();
	town_open(t);
	town_sign_in(t);
	*state = t;
	return 0;
}

static inline int
town_teardown(void **state)
{
	struct town *t = *state;
	int role;

	desk_close(&t->desk);
	for (role = ROLE_NONE; role <= ROLE_HOST; role++)
		caller_free(t->roles[role]);
	json_decref(t->args);
	if (fchdir(t->home) || close(t->home) || scratch_remove(t->dir))
		return -1;
	free(t);
	return 0;
}

/*
 * Ask, with the parameters as JSON with ' for ". The code; *result (may be
 * NULL) is the caller's, else NULL.
 */
static inline int
town_ask(struct town *t, enum role role, const char *method, const char *params,
	 json_t **result)
{
	char *text = mem_strdup(params), *p;
	struct call c;
	json_t *j;
	int rc;

	for (p = text; *p; p++)
		if (*p == '\'')
			*p = '"';
	j = json_loads(text, 0, NULL);
	if (!j)
		fail_msg("no JSON: %s", text);
	free(text);
	call_init(&c, t->roles[role], j);
	rc = desk_call(&t->desk, method, &c);
	t->err = c.err;
	json_decref(t->args);
	t->args = json_incref(c.args);
	if (result)
		*result = rc ? NULL : json_incref(call_result(&c));
	call_release(&c);
	return rc;
}

/* As town_ask(), for what must succeed. */
static inline json_t *
town_get(struct town *t, enum role role, const char *method, const char *params)
{
	json_t *result = NULL;
	int rc = town_ask(t, role, method, params, &result);

	if (rc)
		fail_msg("%s: %s: %s", method, err_name(rc), t->err.msg);
	return result;
}

static inline const char *
town_text(const json_t *j, const char *key)
{
	const char *s = json_string_value(json_object_get(j, key));

	if (!s)
		fail_msg("no text \"%s\"", key);
	return s;
}

static inline long
town_number(const json_t *j, const char *key)
{
	const json_t *n = json_object_get(j, key);

	if (!json_is_integer(n))
		fail_msg("no number \"%s\"", key);
	return (long)json_integer_value(n);
}

/* Take all old texts in, as the thread does, on the desk of the test. */
static inline void
town_fill_past(struct town *t)
{
	struct past *p = NULL;
	bool complete = false;

	while (!complete)
		if (pastfill_step(&t->desk, &p, &complete, &t->err))
			fail_msg("%s", t->err.msg);
	past_close(p);
}

#endif
