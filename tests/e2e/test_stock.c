/* What OpenSSH's client can be told to do: exchange keys anew all the time,
 * carry several sessions over one connection. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen.h"
#include "served.h"

#define PASTED 200000 /* bytes */
#define LAST "Dit is het einde van de plak."

static void
see(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("\"%s\" never came:\n%s", text, all.ptr);
}

static struct screen *
open_editor(const char *address)
{
	const char *const extra[] = { address, NULL };
	struct screen *s = screen_open(&wiki, 24, 80, NULL, extra);

	see(s, "b Bewerken");
	screen_type(s, "b");
	see(s, "Ctrl-S");
	return s;
}

static void
save(struct screen *s)
{
	screen_type(s, "\x13");
	see(s, "Mag leeg blijven");
	screen_type(s, "\r");
	see(s, "Opgeslagen als versie 2.");
}

static void
make_page(const char *line)
{
	struct proc_result r;

	fixture_ssh(&wiki, line, "Eerste regel.\n", &r);
	if (r.status != 0)
		fail_msg("%s: %s", line, r.err.ptr);
	proc_result_release(&r);
}

/* Keys are exchanged anew while a paste comes in and its screen goes out. */
static void
test_stock__a_paste_is_whole_while_keys_are_renewed(void **state)
{
	struct buf paste = BUF_INIT;
	struct proc_result r;
	struct screen *s;

	(void)state;
	make_page("create themas/plak --kind thema --title Plak");
	for (int i = 0; paste.len < PASTED; i++)
		buf_printf(&paste, "Regel %d is anders dan alle andere.\n", i);
	buf_str(&paste, LAST);
	wiki.option = "RekeyLimit=16K";
	s = open_editor("themas/plak");
	screen_type(s, "\x1b[200~");
	screen_type(s, paste.ptr);
	screen_type(s, "\x1b[201~");
	see(s, LAST);
	save(s);
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
	wiki.option = NULL;
	fixture_ssh(&wiki, "read themas/plak --source", NULL, &r);
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out.ptr, paste.ptr));
	proc_result_release(&r);
	buf_release(&paste);
}

/* One connection is one session; ssh makes another for the next one. */
static void
test_stock__a_shared_connection_is_not_shared(void **state)
{
	char path[96];
	const char *const first[] = {
		"-M", "-S", path, "-tt", "127.0.0.1", NULL
	};
	const char *const next[] = { "-S",	  path,	    "-T",
				     "127.0.0.1", "whoami", NULL };
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;
	struct screen *s;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/shared", wiki.dir);
	(void)fixture_ssh_argv(&wiki, wiki.key, first, argv);
	s = screen_run(24, 80, NULL, argv);
	see(s, "? Hulp");
	(void)fixture_ssh_argv(&wiki, wiki.key, next, argv);
	proc_run_text(&r, argv, "", 0);
	if (r.status != 0 || !strstr(r.out.ptr, "tester\tbeheerder"))
		fail_msg("%d: %s%s", r.status, r.out.ptr, r.err.ptr);
	/* it was tried, and refused */
	assert_non_null(strstr(r.err.ptr, "refused"));
	proc_result_release(&r);
	screen_type(s, "\r"); /* the first one goes on */
	see(s, "Deze doelstelling gaat over de basis op orde");
	screen_type(s, "\x11");
	assert_int_equal(screen_close(s), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_stock__a_paste_is_whole_while_keys_are_renewed),
		cmocka_unit_test(test_stock__a_shared_connection_is_not_shared),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
