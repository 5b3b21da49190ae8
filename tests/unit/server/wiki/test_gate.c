/* What may be pushed and what may not, rule by rule. */
#include "pusher.h"

#include "plein/path.h"
#include "wiki/discussion.h"
#include "wiki/space.h"
#include "plein/attachment.h"
#include "plein/claim.h"
#include "plein/page.h"
#include "state/erasures.h"

#define FILE_MODE 0100644U

/* One file in one commit; the faults it gets. */
static void
expect_of_file(struct town *t, enum role role, const char *path, unsigned mode,
	       const char *text, const char *faults)
{
	struct pusher u;

	pusher_start(&u, t);
	u.role = role;
	pusher_put(&u, path, mode, text);
	pusher_commit(&u);
	pusher_expect(&u, faults);
	pusher_stop(&u);
}

static void
test_gate__plain_work_passes(void **state)
{
	struct pusher u;

	pusher_start(&u, *state);
	pusher_put(&u, "themas/nieuw.md", FILE_MODE,
		   "---\ntitel: Nieuw\ntype: thema\n---\nTekst.\n");
	pusher_put(&u, "vergaderingen/2026/eerste/index.md", FILE_MODE,
		   "# Eerste\n");
	pusher_put(&u, "bijlagen/themas/nieuw/plaat.png", FILE_MODE,
		   "\x89PNG\r\n\x1a\n\xff");
	pusher_commit(&u);
	pusher_put(&u, TOWN_HERE ".md", FILE_MODE, "Anders.\r\n");
	pusher_put(&u, "vraagstukken/hoe.md", FILE_MODE, NULL);
	pusher_commit(&u);
	pusher_expect(&u, "");
	assert_true(verdict_is_fine(&u.verdict));
	pusher_stop(&u);
}

static void
test_gate__each_file_that_may_not_be_is_named(void **state)
{
	static const struct {
		const char *path;
		unsigned mode;
		const char *text, *faults;
	} rows[] = {
		{ "themas/x.md", 0120000, "/etc/passwd", "link themas/x.md\n" },
		{ "themas/x.md", 0100755, "x\n", "program themas/x.md\n" },
		{ "themas/x.md", 0100664, "x\n", "mode themas/x.md\n" },
		{ "themas/sub", 0160000, "x\n", "module themas/sub\n" },
		{ ".gitmodules", FILE_MODE, "x\n", "git .gitmodules\n" },
		{ "themas/.gitattributes", FILE_MODE, "x\n",
		  "git themas/.gitattributes\n" },
		{ ".GIT/config", FILE_MODE, "x\n", "git .GIT/config\n" },
		{ "themas/Common-Ground.md", FILE_MODE, "x\n",
		  "path themas/Common-Ground.md\n" },
		{ "themas/\x1b[31m.md", FILE_MODE, "x\n",
		  "path themas/\x1b[31m.md\n" },
		{ "themas/con.md", FILE_MODE, "x\n", "path themas/con.md\n" },
		{ "los.md", FILE_MODE, "x\n", "path los.md\n" },
		{ "themas/x.txt", FILE_MODE, "x\n", "path themas/x.txt\n" },
		{ "themas/a/b/c/d.md", FILE_MODE, "x\n",
		  "path themas/a/b/c/d.md\n" },
		{ "themas/x.md", FILE_MODE, "een\ntwee \x1b[1m\n",
		  "text themas/x.md\n" },
		{ "themas/x.md", FILE_MODE, "latijn \xe9\n",
		  "text themas/x.md\n" },
		{ "themas/x.md", FILE_MODE, "\xe2\x80\xaegespiegeld\n",
		  "text themas/x.md\n" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_of_file(*state, ROLE_BEHEERDER, rows[i].path,
			       rows[i].mode, rows[i].text, rows[i].faults);
}

static void
test_gate__a_text_tells_its_line_and_fields_their_fault(void **state)
{
	const struct fault *f;
	struct pusher u;

	pusher_start(&u, *state);
	pusher_put(&u, "themas/a.md", FILE_MODE, "een\ntwee\ndrie \x07\n");
	pusher_put(&u, "themas/b.md", FILE_MODE, "---\ntitel: [x\n---\n");
	pusher_commit(&u);
	pusher_judge(&u);
	assert_int_equal(u.verdict.faults.len, 2);
	f = u.verdict.faults.items[0];
	assert_int_equal(f->rule, FAULT_TEXT);
	assert_int_equal(f->number, 3);
	assert_string_equal(f->commit.hex, u.tip.hex);
	f = u.verdict.faults.items[1];
	assert_int_equal(f->rule, FAULT_FIELDS);
	assert_non_null(f->detail);
	pusher_stop(&u);
}

static void
test_gate__sizes_are_bounded_by_kind(void **state)
{
	const struct fault *f;
	struct pusher u;

	pusher_start(&u, *state);
	u.limits.page = 10;
	u.limits.attachment = 20;
	pusher_put(&u, "themas/a.md", FILE_MODE, "tien bytes");
	pusher_put(&u, "bijlagen/themas/a/b.txt", FILE_MODE,
		   "twintig bytes, ja ja");
	pusher_commit(&u);
	pusher_expect(&u, "");
	pusher_put(&u, "themas/a.md", FILE_MODE, "elf bytes !");
	pusher_put(&u, "bijlagen/themas/a/b.txt", FILE_MODE,
		   "eenentwintig bytes ja");
	pusher_commit(&u);
	pusher_expect(&u, "size bijlagen/themas/a/b.txt\n"
			  "size themas/a.md\n");
	f = u.verdict.faults.items[1];
	assert_int_equal(f->number, 11);
	assert_int_equal(f->most, 10);
	pusher_stop(&u);
}

static void
test_gate__attachments_are_of_the_kinds_that_are_set(void **state)
{
	struct pusher u;

	pusher_start(&u, *state);
	pusher_put(&u, "bijlagen/themas/a/b.txt", FILE_MODE, "tekst\n");
	pusher_put(&u, "bijlagen/themas/a/c.svg", FILE_MODE, "<svg/>\n");
	pusher_put(&u, "bijlagen/themas/a/d.png", FILE_MODE, "<svg/>\n");
	pusher_commit(&u);
	pusher_expect(&u,
		      "kind bijlagen/themas/a/c.svg (" ATTACHMENT_KINDS ")\n"
		      "bytes bijlagen/themas/a/d.png\n");
	pusher_stop(&u);
}

static void
test_gate__rights_are_those_of_the_path(void **state)
{
	static const char *const paths[] = { "README.md", "bronnen.yml",
					     ".mailmap", "sjablonen/thema.md" };
	char fault[64];
	size_t i;

	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		(void)snprintf(fault, sizeof(fault), "right %s\n", paths[i]);
		expect_of_file(*state, ROLE_BIJDRAGER, paths[i], FILE_MODE,
			       "x\n", fault);
		expect_of_file(*state, ROLE_REDACTEUR, paths[i], FILE_MODE,
			       "x\n", "");
		expect_of_file(*state, ROLE_LEZER, paths[i], FILE_MODE, "x\n",
			       fault);
	}
	expect_of_file(*state, ROLE_LEZER, "themas/x.md", FILE_MODE, "x\n",
		       "right themas/x.md\n");
	expect_of_file(*state, ROLE_BIJDRAGER, "sjablonen/thema.md", FILE_MODE,
		       NULL, "right sjablonen/thema.md\n");
	expect_of_file(*state, ROLE_REDACTEUR, "sjablonen/thema.md", FILE_MODE,
		       NULL, "");
}

/* One commit that says this of itself. */
static void
expect_of_commit(struct town *t, struct forge_commit c, const char *faults)
{
	struct pusher u;

	pusher_start(&u, t);
	pusher_put(&u, "themas/x.md", FILE_MODE, "x\n");
	pusher_commit_as(&u, c);
	pusher_expect(&u, faults);
	pusher_stop(&u);
}

static void
test_gate__commits_say_who_and_when_as_they_may(void **state)
{
	struct town *t = *state;

	expect_of_commit(t, (struct forge_commit){ .mail = "x@elders" },
			 "author (x@elders)\n");
	expect_of_commit(t,
			 (struct forge_commit){ .mail = "lezer@stad.example" },
			 "author (lezer@stad.example)\n");
	expect_of_commit(
		t,
		(struct forge_commit){ .mail = "lezer@stad.example",
				       .message = "x\n\nCo-authored-by: L "
						  "<lezer@stad.example>\n" },
		"");
	expect_of_commit(
		t,
		(struct forge_commit){ .mail = "niemand@stad.example",
				       .message = "x\n\nCo-authored-by: L "
						  "<niemand@stad.example>\n" },
		"author (niemand@stad.example)\n");
	expect_of_commit(
		t,
		(struct forge_commit){ .committer_mail = "plein@stad.example" },
		"committer\n");
	expect_of_commit(t, (struct forge_commit){ .author = "A\x1b[31mB" },
			 "name\n");
	expect_of_commit(t, (struct forge_commit){ .message = "a\x1b[2J\n" },
			 "message\n");
	expect_of_commit(
		t, (struct forge_commit){ .header = "gpgsig \x1b]0;x\x07\n" },
		"message\n");
	expect_of_commit(
		t,
		(struct forge_commit){ .when = PUSHER_NOW + CLAIM_AHEAD + 1 },
		"future\n");
	expect_of_commit(
		t, (struct forge_commit){ .when = PUSHER_NOW + CLAIM_AHEAD },
		"");
	expect_of_commit(t, (struct forge_commit){ .when = 1699999999 },
			 "order\n");
	expect_of_commit(t, (struct forge_commit){ .author_when = 1 }, "");
}

static void
test_gate__a_merge_is_named_and_nothing_else(void **state)
{
	const struct fault *f;
	struct repo_id mine;
	struct pusher u;

	pusher_start(&u, *state);
	pusher_put(&u, "themas/x.md", 0120000, "x\n");
	pusher_commit(&u);
	mine = u.tip;
	pusher_commit_as(&u, (struct forge_commit){
				     .parents = { mine.hex, u.main.hex } });
	mine = u.tip;
	pusher_commit(&u);
	pusher_expect(&u, "merge\n");
	f = u.verdict.faults.items[0];
	assert_string_equal(f->commit.hex, mine.hex);
	pusher_stop(&u);
}

static void
test_gate__only_what_follows_on_main(void **state)
{
	struct pusher u;

	pusher_start(&u, *state);
	pusher_commit_as(&u, (struct forge_commit){ 0 });
	pusher_expect(&u, "");
	u.limits.commits = 1;
	pusher_commit(&u);
	pusher_expect(&u, "aside\n");
	u.limits = gate_limits_default;
	forge_commit(&u.forge, &u.root, &(struct forge_commit){ 0 }, &u.tip);
	pusher_expect(&u, "aside\n"); /* a history of its own */
	pusher_stop(&u);
}

static void
test_gate__folders_that_hide_something_are_refused(void **state)
{
	struct buf raw = BUF_INIT;
	struct pusher u;
	git_oid empty;

	pusher_start(&u, *state);
	forge_object(&u.forge, GIT_OBJECT_TREE, &raw, &empty);
	(void)pusher_graft(&u, &u.root, "\x1b[31m", 040000, &empty);
	pusher_commit(&u);
	pusher_expect(&u, "folder \x1b[31m/\n");
	pusher_stop(&u);
	pusher_start(&u, *state);
	pusher_read(&u, &u.root, &raw);
	forge_blob(&u.forge, "x\n", &empty);
	forge_entry(&raw, "100644", "zz.md", &empty);
	forge_entry(&raw, "100644", "zz.md", &empty);
	forge_object(&u.forge, GIT_OBJECT_TREE, &raw, &u.root);
	pusher_commit(&u);
	pusher_expect(&u, "path zz.md\nfolder \n");
	pusher_stop(&u);
	buf_release(&raw);
}

static void
test_gate__what_cannot_be_read_is_damage(void **state)
{
	struct pusher u;
	git_oid nothing = { { 1, 2, 3 } };

	pusher_start(&u, *state);
	(void)pusher_graft(&u, &u.root, "themas/weg.md", FILE_MODE, &nothing);
	pusher_commit(&u);
	pusher_expect(&u, "mode themas/weg.md\n");
	(void)snprintf(u.tip.hex, sizeof(u.tip.hex), "%040d", 7);
	pusher_expect(&u, "damaged\n");
	pusher_stop(&u);
}

static void
test_gate__costs_are_bounded(void **state)
{
	struct pusher u;
	char path[64];
	int i;

	pusher_start(&u, *state);
	for (i = 0; i < 30; i++) {
		(void)snprintf(path, sizeof(path), "themas/p-%d.md", i);
		pusher_put(&u, path, FILE_MODE, "x\n");
	}
	pusher_commit(&u);
	pusher_expect(&u, "");
	u.limits.paths = 29;
	pusher_expect(&u, "many\n");
	u.limits = gate_limits_default;
	u.limits.objects = 4;
	pusher_expect(&u, "many\n");
	u.limits = gate_limits_default;
	u.limits.folder = 100;
	pusher_expect(&u, "large\n");
	u.limits = gate_limits_default;
	u.limits.reading = 59;
	pusher_expect(&u, "long\n");
	u.limits = gate_limits_default;
	u.limits.ms = -1;
	pusher_expect(&u, "long\n");
	pusher_stop(&u);
}

/* Objects nobody points at count too: they are stored all the same. */
static void
test_gate__a_large_object_beside_the_path_is_refused(void **state)
{
	struct pusher u;
	git_oid id;

	pusher_start(&u, *state);
	u.limits.attachment = 20;
	pusher_put(&u, "themas/a.md", FILE_MODE, "kort\n");
	pusher_commit(&u);
	forge_blob(&u.forge, "eenentwintig bytes ja", &id);
	pusher_expect(&u, "large\n");
	pusher_stop(&u);
}

static void
test_gate__faults_are_counted_to_a_point(void **state)
{
	struct pusher u;
	char path[64];
	int i;

	pusher_start(&u, *state);
	for (i = 0; i < VERDICT_MOST + 1; i++) {
		(void)snprintf(path, sizeof(path), "themas/P%02d.md", i);
		pusher_put(&u, path, FILE_MODE, "x\n");
	}
	pusher_commit(&u);
	pusher_judge(&u);
	assert_int_equal(u.verdict.faults.len, VERDICT_MOST);
	assert_true(u.verdict.more);
	pusher_stop(&u);
}

static void
test_gate__a_former_address_stays_its_pages(void **state)
{
	struct pusher u;

	expect_of_file(*state, ROLE_BIJDRAGER, "themas/oude-naam.md", FILE_MODE,
		       "x\n",
		       "alias themas/oude-naam.md "
		       "(themas/common-ground)\n");
	pusher_start(&u, *state);
	pusher_put(&u, "themas/oude-naam.md", FILE_MODE, "x\n");
	pusher_put(&u, "themas/common-ground.md", FILE_MODE, "Zonder.\n");
	pusher_commit(&u);
	pusher_expect(&u, "");
	pusher_stop(&u);
}

#define SECONDS 1700000000 /* a remark's time, in its name */

/* Where a remark of `who` belongs: in a thread, or ("") beginning one. */
static char *
remark_path(const char *page, const char *thread, const char *who, int64_t when,
	    const char *text)
{
	struct buf name = BUF_INIT, digest = BUF_INIT, path = BUF_INIT, file;

	buf_init(&file);
	buf_str(&file, text);
	discussion_name(&name, &digest, thread[0] ? thread : page, who, when,
			&file);
	buf_printf(&path, "bespreking/%s/%s/%s.md", page,
		   thread[0] ? thread : digest.ptr, name.ptr);
	buf_release(&file);
	buf_release(&name);
	buf_release(&digest);
	return buf_take(&path);
}

static char *
thread_of(const char *path)
{
	struct path_remark at;

	path_remark_read(&at, path);
	return mem_strdup(at.thread);
}

static void
expect_fault(struct town *t, enum role role, const char *path, const char *text,
	     const char *rule)
{
	struct buf want = BUF_INIT;

	if (rule[0])
		buf_printf(&want, "%s %s\n", rule, path);
	expect_of_file(t, role, path, FILE_MODE, text, want.ptr);
	buf_release(&want);
}

/* On main, as if it had been pushed. */
static void
put_remark(struct town *t, const char *path, const char *text)
{
	struct repo_id id;

	town_commit(t->desk.repo, path, text, "x\n", &id);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
}

static void
test_gate__in_a_space_the_role_there_counts(void **state)
{
	struct town *t = *state;
	struct space *space = space_new("kring");
	struct caller *was = t->roles[ROLE_REDACTEUR];

	t->roles[ROLE_REDACTEUR] = caller_in_space(was, space, ROLE_BIJDRAGER);
	expect_of_file(t, ROLE_REDACTEUR, "sjablonen/thema.md", FILE_MODE, NULL,
		       "right sjablonen/thema.md\n");
	caller_free(t->roles[ROLE_REDACTEUR]);
	t->roles[ROLE_REDACTEUR] = was;
	space_free(space);
}

static void
test_gate__remarks_are_their_authors(void **state)
{
	struct town *t = *state;
	char *mine = remark_path("themas/common-ground", "", "bijdrager",
				 SECONDS, "Ja.\n"),
	     *theirs = remark_path("themas/common-ground", "", "redacteur",
				   SECONDS, "Nee.\n"),
	     *moved = mem_strdup(theirs);
	struct pusher u;

	memcpy(strstr(moved, "common-ground"), "andere-groep-", 13);
	(void)memmove(strstr(moved, "-/"), strstr(moved, "-/") + 1,
		      strlen(strstr(moved, "-/")));
	expect_fault(t, ROLE_BIJDRAGER, mine, "Ja.\n", "");
	expect_fault(t, ROLE_BIJDRAGER, theirs, "Nee.\n", "remark");
	expect_fault(t, ROLE_BEHEERDER, theirs, "Nee.\n", "remark");
	put_remark(t, theirs, "Nee.\n");
	expect_fault(t, ROLE_BIJDRAGER, theirs, "Ja.\n", "remark");
	expect_fault(t, ROLE_BIJDRAGER, theirs, NULL, "remark");
	expect_fault(t, ROLE_BEHEERDER, theirs, "Ja.\n", "");
	expect_fault(t, ROLE_BEHEERDER, theirs, NULL, "");
	pusher_start(&u, t);
	pusher_put(&u, theirs, FILE_MODE, NULL);
	pusher_put(&u, moved, FILE_MODE, "Nee.\n");
	pusher_commit(&u);
	pusher_expect(&u, "");
	pusher_stop(&u);
	free(mine);
	free(theirs);
	free(moved);
}

static void
test_gate__a_remark_is_what_its_name_says(void **state)
{
	struct town *t = *state;
	char *first = remark_path("themas/common-ground", "", "bijdrager",
				  SECONDS, "Ja.\n"),
	     *late = remark_path("themas/common-ground", "", "bijdrager",
				 PUSHER_NOW + 3600, "Ja.\n"),
	     *blank = remark_path("themas/common-ground", "", "bijdrager",
				  SECONDS, " \n"),
	     *thread = thread_of(first), *second, *lost;

	expect_fault(t, ROLE_BIJDRAGER, first, "Nee.\n", "digest");
	expect_fault(t, ROLE_BIJDRAGER, blank, " \n", "empty");
	expect_fault(t, ROLE_BIJDRAGER, late, "Ja.\n", "stamp");
	lost = remark_path("themas/common-ground", "k3f", "bijdrager", SECONDS,
			   "Ja.\n");
	expect_fault(t, ROLE_BIJDRAGER, lost, "Ja.\n", "thread");
	put_remark(t, first, "Ja.\n");
	second = remark_path("themas/common-ground", thread, "bijdrager",
			     SECONDS + 1, "Nog iets.\n");
	expect_fault(t, ROLE_BIJDRAGER, second, "Nog iets.\n", "");
	/* what it says may change, in a change of its own */
	expect_fault(t, ROLE_BIJDRAGER, first, "Anders.\n", "");
	free(first);
	free(late);
	free(blank);
	free(thread);
	free(second);
	free(lost);
}

/* The same remark on that other page. */
static char *
path_elsewhere(const char *path)
{
	struct buf out = BUF_INIT;

	buf_printf(&out, "bespreking/themas/andere-groep%s",
		   strstr(path, "common-ground") + strlen("common-ground"));
	return buf_take(&out);
}

static void
test_gate__a_remark_is_in_one_place(void **state)
{
	struct town *t = *state;
	struct buf want = BUF_INIT;
	char *first = remark_path("themas/common-ground", "", "bijdrager",
				  SECONDS, "Ja.\n"),
	     *thread = thread_of(first),
	     *second = remark_path("themas/common-ground", thread, "bijdrager",
				   SECONDS + 1, "Nog iets.\n"),
	     *moved = path_elsewhere(first), *twin = path_elsewhere(second);
	struct pusher u;

	put_remark(t, first, "Ja.\n");
	put_remark(t, second, "Nog iets.\n");
	pusher_start(&u, t);
	pusher_put(&u, first, FILE_MODE, NULL);
	pusher_put(&u, moved, FILE_MODE, "Ja.\n");
	pusher_put(&u, twin, FILE_MODE, "Nog iets.\n");
	pusher_commit(&u);
	buf_printf(&want, "twin %s\n", twin);
	pusher_expect(&u, want.ptr);
	pusher_stop(&u);
	buf_release(&want);
	free(first);
	free(thread);
	free(second);
	free(moved);
	free(twin);
}

static void
test_gate__a_thread_is_begun_and_answered_in_one_push(void **state)
{
	struct town *t = *state;
	char *first = remark_path("index", "", "bijdrager", SECONDS, "Ja.\n"),
	     *thread = thread_of(first),
	     *second = remark_path("index", thread, "bijdrager", SECONDS + 1,
				   "---\nsoort: afgehandeld\n---\n");
	struct pusher u;

	pusher_start(&u, t);
	pusher_put(&u, first, FILE_MODE, "Ja.\n");
	pusher_put(&u, second, FILE_MODE, "---\nsoort: afgehandeld\n---\n");
	pusher_commit(&u);
	pusher_expect(&u, "");
	pusher_stop(&u);
	free(first);
	free(thread);
	free(second);
}

static void
test_gate__who_resolves_a_thread(void **state)
{
	static const char done[] = "---\nsoort: afgehandeld\n---\nKlaar.\n";
	struct town *t = *state;
	char *first = remark_path("index", "", "redacteur", SECONDS, "Ja.\n"),
	     *thread = thread_of(first),
	     *theirs = remark_path("index", thread, "bijdrager", SECONDS + 1,
				   done),
	     *editors = remark_path("index", thread, "beheerder", SECONDS + 1,
				    done),
	     *said = remark_path("index", thread, "bijdrager", SECONDS + 2,
				 "Nee.\n");

	put_remark(t, first, "Ja.\n");
	expect_fault(t, ROLE_BIJDRAGER, theirs, done, "state");
	expect_fault(t, ROLE_BEHEERDER, editors, done, "");
	/* nor by changing what was said */
	put_remark(t, said, "Nee.\n");
	expect_fault(t, ROLE_BIJDRAGER, said, done, "state");
	free(first);
	free(thread);
	free(theirs);
	free(editors);
	free(said);
}

static void
test_gate__a_wiki_without_a_page_takes_a_first_commit(void **state)
{
	struct town *t = *state;
	struct pusher u;

	pusher_start(&u, t);
	pusher_put(&u, "themas/x.md", FILE_MODE, "x\n");
	u.role = ROLE_REDACTEUR;
	forge_commit(&u.forge, &u.root,
		     &(struct forge_commit){ .mail = "redacteur@stad.example" },
		     &u.tip);
	u.main.hex[0] = '\0';
	pusher_expect(&u, "");
	pusher_stop(&u);
}

static void
test_gate__what_was_erased_does_not_come_back(void **state)
{
	const struct erasure_row row = { "k", "AVG", "root", 1700000000 };
	struct town *t = *state;
	struct repo_id text;
	struct pusher u;
	int64_t n;

	assert_int_equal(snap_name("Weg.\n", 5, &text, &t->err), 0);
	assert_int_equal(erasures_add(t->desk.state, &row, &n, &t->err), 0);
	assert_int_equal(erasures_put(t->desk.state, n, ERASED_TEXT, text.hex,
				      NULL, &t->err),
			 0);
	expect_of_file(t, ROLE_BEHEERDER, "themas/a.md", FILE_MODE, "Weg.\n",
		       "erased (2023-11-14, AVG)\n");
	expect_of_file(t, ROLE_BEHEERDER, "themas/a.md", FILE_MODE, "Nog.\n",
		       "");
	pusher_start(&u, t);
	pusher_put(&u, "themas/a.md", FILE_MODE, "Nog.\n");
	pusher_commit(&u);
	assert_int_equal(erasures_put(t->desk.state, n, ERASED_COMMIT,
				      u.tip.hex, u.main.hex, &t->err),
			 0);
	pusher_put(&u, "themas/a.md", FILE_MODE, "Meer.\n");
	pusher_commit(&u);
	pusher_expect(&u, "erased (2023-11-14, AVG)\n");
	pusher_stop(&u);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_gate__plain_work_passes),
		TEST(test_gate__each_file_that_may_not_be_is_named),
		TEST(test_gate__a_text_tells_its_line_and_fields_their_fault),
		TEST(test_gate__sizes_are_bounded_by_kind),
		TEST(test_gate__attachments_are_of_the_kinds_that_are_set),
		TEST(test_gate__rights_are_those_of_the_path),
		TEST(test_gate__commits_say_who_and_when_as_they_may),
		TEST(test_gate__a_merge_is_named_and_nothing_else),
		TEST(test_gate__only_what_follows_on_main),
		TEST(test_gate__folders_that_hide_something_are_refused),
		TEST(test_gate__what_cannot_be_read_is_damage),
		TEST(test_gate__costs_are_bounded),
		TEST(test_gate__a_large_object_beside_the_path_is_refused),
		TEST(test_gate__faults_are_counted_to_a_point),
		TEST(test_gate__a_former_address_stays_its_pages),
		TEST(test_gate__in_a_space_the_role_there_counts),
		TEST(test_gate__remarks_are_their_authors),
		TEST(test_gate__a_remark_is_what_its_name_says),
		TEST(test_gate__a_remark_is_in_one_place),
		TEST(test_gate__a_thread_is_begun_and_answered_in_one_push),
		TEST(test_gate__who_resolves_a_thread),
		TEST(test_gate__a_wiki_without_a_page_takes_a_first_commit),
		TEST(test_gate__what_was_erased_does_not_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
