/*
 * The administrator's commands, each in a process of its own, as main()
 * would call them.
 */
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "admin.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "plein/passfd.h"
#include "scratch.h"
#include "state/state_impl.h"
#include "state/state.h"
#include "store/history.h"
#include "wiki/desk.h"
#include "wiki/wiki.h"

#define KEY \
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGSwDs3ycaBvhQYTYyaOXx0gaDQqZJqc" \
	"rRgaGOBZCLlb toos@laptop\n"
#define PATIENCE_MS 20000

struct place {
	char dir[SCRATCH_MAX];
	int home;
	struct buf out, err; /* of the last command */
};

static int
setup(void **state)
{
	struct place *p = mem_alloc(sizeof(*p));

	buf_init(&p->out);
	buf_init(&p->err);
	p->home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = p;
	return scratch_make(p->dir) || chdir(p->dir);
}

static int
teardown(void **state)
{
	struct place *p = *state;
	int rc = fchdir(p->home) || scratch_remove(p->dir);

	(void)close(p->home);
	buf_release(&p->out);
	buf_release(&p->err);
	free(p);
	return rc;
}

static void
run_child(char **argv)
{
	int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int argc = 0, status;

	while (argv[argc])
		argc++;
	if (dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
		_exit(126);
	status = admin_main(argc, argv);
	(void)fflush(stdout);
	_exit(status);
}

/* The exit code; what it printed is in p->out and p->err. */
static int
run(struct place *p, char **argv)
{
	struct err err = ERR_INIT;
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		run_child(argv);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	buf_reset(&p->out);
	buf_reset(&p->err);
	assert_int_equal(fs_read_at(AT_FDCWD, "out", &p->out, 262144, &err), 0);
	assert_int_equal(fs_read_at(AT_FDCWD, "err", &p->err, 262144, &err), 0);
	return WEXITSTATUS(status);
}

#define RUN(p, ...) run((p), (char *[]){ (char *)"pleind", __VA_ARGS__, NULL })

static void
put_file(const char *name, const char *text)
{
	struct err err = ERR_INIT;

	if (fs_replace_at(AT_FDCWD, name, text, strlen(text), 0600, &err))
		fail_msg("%s", err.msg);
}

static void
make_template(void)
{
	assert_int_equal(mkdir("sjabloon", 0700), 0);
	assert_int_equal(mkdir("sjabloon/themas", 0700), 0);
	assert_int_equal(mkdir("sjabloon/.git", 0700), 0);
	put_file("sjabloon/.git/config", "x");
	put_file("sjabloon/index.md", "---\ntitel: Hoi\n---\nHoi.\n");
	put_file("sjabloon/themas/a.md", "---\ntitel: A\n---\nA.\n");
	put_file("sjabloon/bronnen.yml", "bron: 1\n");
}

static void
init(struct place *p)
{
	if (RUN(p, "init", "data", "--host", "stad.example") != 0)
		fail_msg("%s", p->err.ptr);
}

static int
count_commit(void *ctx, const struct history_commit *c)
{
	size_t *n = ctx;

	n[0]++;
	n[1] += c->n_changes;
	assert_string_equal(c->author_mail, "plein@stad.example");
	assert_string_equal(c->author_name, "Plein");
	return 0;
}

static void
test_admin__init_makes_one_first_commit(void **state)
{
	struct place *p = *state;
	struct repo_id none = { "" }, tip;
	size_t n[2] = { 0, 0 };
	struct repo *r;
	struct stat st;

	make_template();
	assert_int_equal(RUN(p, "init", "data", "--template", "sjabloon",
			     "--host", "stad.example", "--name", "De Stad"),
			 0);
	assert_string_equal(p->out.ptr, "");
	assert_int_equal(stat("data", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat("data/" DATA_HOSTKEY, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat("data/" DATA_STATE, &st), 0);
	assert_int_equal(st.st_mode & 0077, 0);
	assert_int_equal(repo_open(&r, "data/" DATA_REPO, NULL), 0);
	assert_int_equal(repo_ref_read(r, &tip, NULL), 0);
	assert_int_equal(history_walk(r, &none, &tip, count_commit, n, NULL),
			 0);
	assert_int_equal(n[0], 1);
	assert_int_equal(n[1], 3);
	repo_close(r);
	assert_int_equal(RUN(p, "check", "data"), 0);
}

static void
test_admin__init_without_template_has_a_start_page(void **state)
{
	struct place *p = *state;

	init(p);
	assert_int_equal(RUN(p, "check", "data"), 0);
	assert_string_equal(p->out.ptr, "");
	assert_int_equal(RUN(p, "user", "list", "data"), 0);
	assert_string_equal(p->out.ptr, "");
}

static void
test_admin__init_leaves_a_wiki_alone(void **state)
{
	struct place *p = *state;

	init(p);
	assert_int_equal(RUN(p, "init", "data"), 1);
	assert_non_null(strstr(p->err.ptr, "already holds a wiki"));
	assert_int_equal(unlink("data/" DATA_CONF), 0);
	assert_int_equal(RUN(p, "init", "data"), 1);
	assert_non_null(strstr(p->err.ptr, "part of a wiki"));
}

static void
test_admin__init_refuses_before_it_makes(void **state)
{
	static const struct {
		const char *file, *text;
	} bad[] = {
		{ "sjabloon/themas/Hoofd.md", "x\n" },
		{ "sjabloon/vreemd.txt", "x\n" },
		{ "sjabloon/themas/b.md", "a\x1b[2Jb\n" },
		{ "sjabloon/themas/b.md", "---\n- a\n---\n" },
	};
	struct place *p = *state;
	size_t i;

	make_template();
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put_file(bad[i].file, bad[i].text);
		assert_int_equal(
			RUN(p, "init", "data", "--template", "sjabloon"), 1);
		assert_non_null(strstr(p->err.ptr, bad[i].file + 9));
		assert_int_equal(access("data", F_OK), -1);
		assert_int_equal(unlink(bad[i].file), 0);
	}
	assert_int_equal(symlink("a.md", "sjabloon/themas/c.md"), 0);
	assert_int_equal(RUN(p, "init", "data", "--template", "sjabloon"), 1);
	assert_int_equal(RUN(p, "init", "data", "--template", "nergens"), 1);
	assert_int_equal(RUN(p, "init", "data", "--host", "a b"), 1);
	assert_int_equal(RUN(p, "init", "data", "--host", ""), 1);
	assert_int_equal(RUN(p, "init", "data", "--name", "a\nluister = x"), 1);
	assert_int_equal(access("data", F_OK), -1);
}

static void
test_admin__wrong_usage_is_2(void **state)
{
	struct place *p = *state;

	assert_int_equal(RUN(p, "init"), 2);
	assert_int_equal(RUN(p, "init", "a", "b"), 2);
	assert_int_equal(RUN(p, "init", "a", "--onzin", "b"), 2);
	assert_int_equal(RUN(p, "init", "a", "--host"), 2);
	assert_int_equal(RUN(p, "user"), 2);
	assert_int_equal(RUN(p, "user", "del", "a"), 2);
	assert_int_equal(RUN(p, "user", "add", "a", "b"), 2);
	assert_int_equal(RUN(p, "user", "add", "a", "b", "--name", "N"), 2);
	assert_int_equal(RUN(p, "user", "list"), 2);
	assert_int_equal(RUN(p, "check"), 2);
	assert_int_equal(RUN(p, "check", "a", "b"), 2);
	assert_int_equal(RUN(p, "protocol", "x"), 2);
	assert_true(p->err.len > 0);
	assert_string_equal(p->out.ptr, "");
}

static void
test_admin__where_no_wiki_is_that_is_said(void **state)
{
	struct place *p = *state;

	assert_int_equal(RUN(p, "check", "nergens"), 1);
	assert_int_equal(mkdir("leeg", 0700), 0);
	assert_int_equal(RUN(p, "check", "leeg"), 1);
	assert_non_null(strstr(p->err.ptr, "holds no wiki"));
	assert_int_equal(RUN(p, "user", "list", "leeg"), 1);
	assert_int_equal(access("leeg/" DATA_STATE, F_OK), -1);
}

/* All that user commands do; with and without a wiki that runs. */
static void
use_accounts(struct place *p)
{
	put_file("k.pub", "# mijn sleutel\n\n" KEY);
	if (RUN(p, "user", "add", "data", "toos", "--name", "Toos Tester",
		"--role", "beheerder", "--key", "k.pub"))
		fail_msg("%s", p->err.ptr);
	assert_int_equal(RUN(p, "user", "add", "data", "anna", "--name=Anna",
			     "--role", "lezer", "--lang", "en"),
			 0);
	assert_int_equal(RUN(p, "user", "list", "data"), 0);
	assert_string_equal(p->out.ptr, "anna\tlezer\t0\ten\tAnna\n"
					"toos\tbeheerder\t1\t-\t"
					"Toos Tester\n");
	assert_int_equal(RUN(p, "user", "add", "data", "toos", "--name", "T",
			     "--role", "lezer"),
			 1);
	assert_non_null(strstr(p->err.ptr, "toos"));
	assert_int_equal(RUN(p, "user", "add", "data", "piet", "--name", "P",
			     "--role", "baas"),
			 1);
	assert_int_equal(RUN(p, "user", "add", "data", "piet", "--name", "P",
			     "--role", "lezer", "--key", "geen.pub"),
			 1);
	assert_int_equal(RUN(p, "user", "add", "data", "piet", "--name",
			     "P\xff", "--role", "lezer"),
			 1);
	put_file("k", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n");
	assert_int_equal(RUN(p, "user", "add", "data", "piet", "--name", "P",
			     "--role", "lezer", "--key", "k"),
			 1);
	assert_non_null(strstr(p->err.ptr, "private key"));
	assert_non_null(strstr(p->err.ptr, "k.pub"));
	assert_int_equal(RUN(p, "user", "add", "data", "Piet", "--name", "P",
			     "--role", "lezer"),
			 1);
	assert_non_null(strstr(p->err.ptr, "small letters"));
	assert_int_equal(RUN(p, "user", "add", "data", "git", "--name", "P",
			     "--role", "lezer"),
			 1);
	assert_non_null(strstr(p->err.ptr, "git"));
	assert_int_equal(RUN(p, "user", "reset", "data", "anna", "code"), 0);
	assert_int_equal(RUN(p, "user", "reset", "data", "anna", "password"),
			 0);
	assert_int_equal(RUN(p, "user", "reset", "data", "anna", "alles"), 2);
	assert_int_equal(RUN(p, "user", "reset", "data", "geen", "code"), 1);
	assert_int_equal(RUN(p, "user", "reset", "data", "anna"), 2);
	assert_int_equal(RUN(p, "user", "password", "data"), 2);
	put_file("leeg.pub", "# niets\n");
	assert_int_equal(RUN(p, "user", "add", "data", "piet", "--name", "P",
			     "--role", "lezer", "--key", "leeg.pub"),
			 1);
	assert_int_equal(RUN(p, "check", "data"), 0);
}

static void
test_admin__accounts_without_a_running_wiki(void **state)
{
	init(*state);
	use_accounts(*state);
}

/* A wiki process on this data folder; its supervisor is us. */
static pid_t
start_wiki(int *control)
{
	struct err err = ERR_INIT;
	struct pollfd p = { -1, POLLIN, 0 };
	int pair[2], data, lock;
	pid_t pid;

	assert_int_equal(passfd_pair(pair, &err), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		log_enable(0);
		(void)close(pair[0]);
		data = fs_open_dir("data", &err);
		lock = fs_lock_at(data, DATA_LOCK, &err);
		if (lock < 0 || fchdir(data) < 0)
			_exit(126);
		_exit(wiki_run(data, lock, pair[1]));
	}
	(void)close(pair[1]);
	p.fd = pair[0];
	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	*control = pair[0];
	return pid;
}

static void
test_admin__accounts_beside_a_running_wiki(void **state)
{
	struct place *p = *state;
	int control, status;
	pid_t pid;

	init(p);
	pid = start_wiki(&control);
	use_accounts(p);
	assert_int_equal(access("data/" DATA_ADMIN, F_OK), 0);
	(void)close(control);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	/* the socket it left is no wiki */
	assert_int_equal(RUN(p, "user", "list", "data"), 0);
	assert_non_null(strstr(p->out.ptr, "toos"));
}

static void
test_admin__check_finds_damage(void **state)
{
	struct place *p = *state;

	init(p);
	assert_int_equal(rename("data/" DATA_REPO, "data/spaces/x.git"), 0);
	assert_int_equal(RUN(p, "check", "data"), 1);
	assert_non_null(strstr(p->out.ptr, DATA_REPO));
	assert_int_equal(rename("data/spaces/x.git", "data/" DATA_REPO), 0);
	put_file("data/" DATA_STATE, "geen gegevens");
	assert_int_equal(RUN(p, "check", "data"), 1);
	assert_non_null(strstr(p->out.ptr, DATA_STATE));
}

/* The head that verify prints, for free(). */
static char *
read_head(struct place *p)
{
	const char *head;

	assert_int_equal(RUN(p, "audit", "verify", "data"), 0);
	head = strstr(p->out.ptr, "head ");
	assert_non_null(head);
	return mem_strndup(head + 5, strcspn(head + 5, "\n"));
}

static void
alter_state(const char *sql)
{
	struct err err = ERR_INIT;
	struct state *s;

	if (state_open(&s, "data/" DATA_STATE, 0, &err) ||
	    db_exec(&s->db, sql, &err))
		fail_msg("%s", err.msg);
	state_close(s);
}

static void
test_admin__audit_lists_and_verifies(void **state)
{
	struct place *p = *state;
	char *head, *line;

	init(p);
	use_accounts(p);
	assert_int_equal(RUN(p, "audit", "list", "data"), 0);
	line = strstr(p->out.ptr, "\n1\t"); /* the oldest comes last */
	assert_non_null(line);
	assert_non_null(strstr(line, "\t\tuser.add\ttoos\t\thost\tok\t"
				     "role=beheerder key=SHA256:"));
	assert_int_equal(RUN(p, "audit", "list", "data", "--json", "--since",
			     "2020-01-01"),
			 0);
	assert_non_null(strstr(p->out.ptr, "\"about\":\"toos\""));
	assert_int_equal(RUN(p, "audit", "list", "data", "--since=2999-01-01"),
			 0);
	assert_string_equal(p->out.ptr, "");
	assert_int_equal(RUN(p, "audit", "list", "data", "--since", "ooit"), 2);
	assert_int_equal(RUN(p, "audit", "verify", "data", "--head", "x"), 2);
	assert_int_equal(RUN(p, "audit", "weg", "data"), 2);
	head = read_head(p);
	assert_int_equal(RUN(p, "user", "password", "data", "anna"), 1);
	assert_int_equal(RUN(p, "user", "reset", "data", "anna", "code"), 0);
	assert_int_equal(RUN(p, "audit", "verify", "data", "--head", head), 0);
	assert_int_equal(RUN(p, "check", "data"), 0);
	alter_state("DROP TRIGGER audit_altered;"
		    "UPDATE audit SET about = 'piet' WHERE n = 2");
	assert_int_equal(RUN(p, "audit", "verify", "data", "--head", head), 1);
	assert_non_null(strstr(p->out.ptr, "record 2 was altered"));
	assert_int_equal(RUN(p, "check", "data"), 1);
	assert_non_null(strstr(p->out.ptr, "audit log"));
	free(head);
}

static void
test_admin__a_backup_has_the_audit_log(void **state)
{
	struct place *p = *state;
	char *head;

	init(p);
	use_accounts(p);
	head = read_head(p);
	assert_int_equal(RUN(p, "backup", "data", "kopie"), 0);
	assert_int_equal(RUN(p, "restore", "kopie", "anders"), 0);
	assert_int_equal(RUN(p, "audit", "verify", "anders", "--head", head),
			 0);
	assert_non_null(strstr(p->out.ptr, head));
	free(head);
}

static void
test_admin__protocol_prints_the_document(void **state)
{
	struct place *p = *state;

	assert_int_equal(RUN(p, "protocol"), 0);
	assert_ptr_equal(strstr(p->out.ptr, "# Protocol\n"), p->out.ptr);
	assert_non_null(strstr(p->out.ptr, "### page.save\n"));
}

static int
give_to_nobody(const char *path, const struct stat *st, int type,
	       struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return lchown(path, 65534, 65534);
}

static int
is_of_nobody(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)path;
	(void)type;
	(void)at;
	return st->st_uid == 65534 ? 0 : 1;
}

/* In a folder of root's that its owner may not pass. */
static void
test_admin__root_works_as_the_owner(void **state)
{
	struct place *p = *state;

	if (geteuid() != 0)
		skip();
	init(p);
	assert_int_equal(nftw("data", give_to_nobody, 16, FTW_PHYS), 0);
	put_file("k.pub", KEY);
	assert_int_equal(RUN(p, "user", "add", "data", "toos", "--name", "T",
			     "--role", "lezer", "--key", "k.pub"),
			 0);
	assert_int_equal(RUN(p, "check", "data"), 0);
	assert_string_equal(p->out.ptr, "");
	assert_int_equal(nftw("data", is_of_nobody, 16, FTW_PHYS), 0);
}

static void
test_admin__root_warns_or_gives_away(void **state)
{
	struct place *p = *state;
	const struct passwd *pw = getpwnam("plein");
	struct stat st;

	init(p);
	assert_int_equal(stat("data/" DATA_STATE, &st), 0);
	if (geteuid() != 0) {
		assert_string_equal(p->err.ptr, "");
	} else if (pw) {
		assert_int_equal(st.st_uid, pw->pw_uid);
		assert_string_equal(p->err.ptr, "");
	} else {
		assert_int_equal(st.st_uid, 0);
		assert_non_null(strstr(p->err.ptr, "warning"));
	}
}

static void
test_admin__others_may_not(void **state)
{
	struct place *p = *state;
	int status;
	pid_t pid;

	if (geteuid() != 0)
		skip();
	init(p);
	assert_int_equal(chmod(p->dir, 0755), 0);
	assert_int_equal(chmod("data", 0755), 0);
	assert_int_equal(chmod("data/" DATA_CONF, 0644), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (setgroups(0, NULL) || setgid(65534) || setuid(65534))
			_exit(126);
		_exit(admin_main(3,
				 (char *[]){ (char *)"pleind", (char *)"check",
					     (char *)"data", NULL }));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_admin__init_makes_one_first_commit),
		TEST(test_admin__init_without_template_has_a_start_page),
		TEST(test_admin__init_leaves_a_wiki_alone),
		TEST(test_admin__init_refuses_before_it_makes),
		TEST(test_admin__wrong_usage_is_2),
		TEST(test_admin__where_no_wiki_is_that_is_said),
		TEST(test_admin__accounts_without_a_running_wiki),
		TEST(test_admin__accounts_beside_a_running_wiki),
		TEST(test_admin__check_finds_damage),
		TEST(test_admin__audit_lists_and_verifies),
		TEST(test_admin__a_backup_has_the_audit_log),
		TEST(test_admin__protocol_prints_the_document),
		TEST(test_admin__root_works_as_the_owner),
		TEST(test_admin__root_warns_or_gives_away),
		TEST(test_admin__others_may_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
