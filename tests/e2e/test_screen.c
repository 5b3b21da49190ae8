/* A person at a terminal: the real ssh in a pty, libvterm reading along. */
#include <ctype.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/mem.h"
#include "screen.h"
#include "served.h"

#define DRAFT_TRIES 100
#define BIG_TRIES 8
#define OWN_MIN 300 /* kB of memory */
#define OWN_MAX 960
#define OWN_TRIES 30
#define OWN_MS 100
#define DOWN "\x1b[B"
#define UP "\x1b[A"
#define RIGHT "\x1b[C"
#define LEFT "\x1b[D"
#define HOME "\x1b[H"
#define END "\x1b[F"
#define ESC "\x1b"
#define ENTER "\r"
#define CTRL_S "\x13"
#define CTRL_Q "\x11"
#define CTRL_Z "\x1a"

static void
see(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait(s, text))
		return;
	screen_text(s, &all);
	fail_msg("\"%s\" never came:\n%s", text, all.ptr);
}

static void
no_longer(struct screen *s, const char *text)
{
	struct buf all = BUF_INIT;

	if (screen_wait_gone(s, text))
		return;
	screen_text(s, &all);
	fail_msg("\"%s\" stayed:\n%s", text, all.ptr);
}

#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED true
#else
#define IS_SANITIZED false
#endif

static struct screen *
open_page(const char *address)
{
	const char *const extra[] = { address, NULL };
	struct screen *s = screen_open(&wiki, 24, 80, NULL, extra);

	see(s, "b Bewerken");
	return s;
}

static void
leave(struct screen *s)
{
	screen_type(s, CTRL_Q);
	assert_int_equal(screen_close(s), 0);
}

static void
test_screen__shows_the_agenda_as_a_tree(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);
	int row, col;

	(void)state;
	see(s, "? Hulp");
	see(s, "Mogelijk maken");
	see(s, "Kansen benutten");
	see(s, "Digitale infrastructuur");
	screen_cursor(s, &row, &col);
	assert_in_range(row, 2, 21);
	assert_int_equal(col, 0);
	for (int i = 0; i < 22; i++)
		assert_int_equal(screen_is_reverse(s, i, 10),
				 i == 0 || i == row);
	leave(s);
}

static void
test_screen__opens_pages_and_goes_back(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);

	(void)state;
	see(s, "Mogelijk maken");
	see(s, "? Hulp");
	screen_type(s, ENTER);
	see(s, "Mogelijk maken (de basis op orde) - doelstelling");
	see(s, "Bronnen");
	screen_type(s, "q");
	see(s, "Kansen benutten");
	leave(s);
}

static void
test_screen__follows_a_link(void **state)
{
	struct screen *s = open_page("index");
	int row, col;

	(void)state;
	see(s, "[Mogelijk maken]");
	screen_type(s, "\t");
	see(s, "Link 1 van");
	screen_cursor(s, &row, &col);
	assert_true(col > 1);
	screen_type(s, ENTER);
	see(s, "Deze doelstelling gaat over de basis op orde");
	screen_type(s, ESC);
	see(s, "Welkom in de werkwiki");
	leave(s);
}

static void
test_screen__edits_and_saves(void **state)
{
	struct screen *s = open_page("themas/digitale-democratie");
	struct proc_result r;

	(void)state;
	screen_type(s, "b");
	see(s, "Ctrl-S Opslaan");
	screen_type(s, "Nieuw begin met \xc3\xab. ");
	see(s, "niet opgeslagen");
	screen_type(s, CTRL_S);
	see(s, "Wat heb je gewijzigd en waarom?");
	screen_type(s, "begin verbeterd" ENTER);
	see(s, "Opgeslagen als versie 2.");
	see(s, "Nieuw begin met \xc3\xab.");
	leave(s);
	fixture_ssh(&wiki, "log themas/digitale-democratie -n 1", NULL, &r);
	assert_non_null(strstr(r.out.ptr, "begin verbeterd"));
	proc_result_release(&r);
	fixture_ssh(&wiki, "read themas/digitale-democratie --source", NULL,
		    &r);
	assert_non_null(strstr(r.out.ptr, "---\nNieuw begin met \xc3\xab. "));
	proc_result_release(&r);
}

/* Somebody else saves the page meanwhile, with this at byte `at`. */
static void
save_besides(struct proc_result *page, size_t at, const char *text)
{
	struct proc_result r;

	buf_insert(&page->out, at, text, strlen(text));
	fixture_ssh(&wiki, "save themas/digitale-inclusie --base 1",
		    page->out.ptr, &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
}

static struct screen *
write_at_the_top(const char *page)
{
	struct screen *s = open_page(page);

	screen_type(s, "b");
	see(s, "Ctrl-S Opslaan");
	screen_type(s, "Mijn zin. ");
	return s;
}

static void
save_on_screen(struct screen *s)
{
	screen_type(s, CTRL_S);
	see(s, "Wat heb je gewijzigd en waarom?");
	screen_type(s, ENTER);
}

static void
test_screen__joins_by_hand_where_both_changed_one_place(void **state)
{
	struct screen *s = write_at_the_top("themas/digitale-inclusie");
	struct proc_result page, r;
	const char *body;

	(void)state;
	fixture_ssh(&wiki, "read themas/digitale-inclusie --source", NULL,
		    &page);
	body = strstr(page.out.ptr, "\n---\n");
	assert_non_null(body);
	save_besides(&page, (size_t)(body + 5 - page.out.ptr),
		     "Van een ander. ");
	save_on_screen(s);
	see(s, "heeft deze pagina intussen gewijzigd. Niets is kwijt.");
	see(s, "Mijn zin.");
	fixture_ssh(&wiki, "read themas/digitale-inclusie --source", NULL, &r);
	assert_string_equal(r.out.ptr, page.out.ptr);
	proc_result_release(&r);
	proc_result_release(&page);
	screen_type(s, "4"); /* both */
	see(s, "Wat heb je gewijzigd en waarom?");
	screen_type(s, ENTER);
	see(s, "Opgeslagen als versie 3.");
	leave(s);
	fixture_ssh(&wiki, "read themas/digitale-inclusie --source", NULL, &r);
	assert_non_null(strstr(r.out.ptr, "Mijn zin. "));
	assert_non_null(strstr(r.out.ptr, "Van een ander. "));
	proc_result_release(&r);
}

/* The wiki hears that the line was cut a moment later. */
static void
wait_for_draft(const char *page, const char *words)
{
	struct buf line = BUF_INIT;
	struct proc_result r;
	bool found = false;

	buf_printf(&line, "draft read %s", page);
	for (int i = 0; i < DRAFT_TRIES && !found; i++) {
		fixture_ssh(&wiki, line.ptr, NULL, &r);
		found = strstr(r.out.ptr, words) != NULL;
		proc_result_release(&r);
	}
	assert_true(found);
	buf_release(&line);
}

/* The line is cut while it is said what was changed. */
static void
test_screen__keeps_the_note_of_a_save(void **state)
{
	struct screen *s = write_at_the_top("themas/bewustzijn-en-oefenen");

	(void)state;
	screen_type(s, CTRL_S);
	see(s, "Wat heb je gewijzigd en waarom?");
	screen_type(s, "Half een toelichting");
	see(s, "Half een toelichting");
	screen_abandon(s);
	wait_for_draft("themas/bewustzijn-en-oefenen", "Mijn zin. ");
	s = open_page("themas/bewustzijn-en-oefenen");
	screen_type(s, "b");
	see(s, "Verder met klad");
	screen_type(s, ENTER);
	see(s, "Verder met je klad");
	screen_type(s, CTRL_S);
	see(s, "Half een toelichting");
	screen_type(s, ENTER);
	see(s, "Opgeslagen als versie 2.");
	leave(s);
}

/* The line is cut while a place is put in words of one's own. */
static void
test_screen__keeps_what_was_being_joined(void **state)
{
	struct screen *s = write_at_the_top("themas/connectiviteit");
	struct proc_result page, r;

	(void)state;
	fixture_ssh(&wiki, "read themas/connectiviteit --source", NULL, &page);
	buf_insert(&page.out,
		   (size_t)(strstr(page.out.ptr, "\n---\n") + 5 - page.out.ptr),
		   "Van een ander. ", strlen("Van een ander. "));
	fixture_ssh(&wiki, "save themas/connectiviteit --base 1", page.out.ptr,
		    &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	proc_result_release(&page);
	save_on_screen(s);
	see(s, "Wat wordt het?");
	screen_type(s, "1");
	see(s, "Zelf samenvoegen: ");
	screen_type(s, "Van ons samen. ");
	see(s, "Van ons samen. Mijn zin.");
	screen_type(s, CTRL_Q); /* the words wait with the place */
	see(s, "Wat wordt het?");
	screen_type(s, CTRL_Q);
	see(s, "Je klad is bewaard.");
	screen_abandon(s);
	fixture_ssh(&wiki, "draft read themas/connectiviteit", NULL, &r);
	assert_non_null(strstr(r.out.ptr, "Van ons samen. Mijn zin. "));
	assert_non_null(strstr(r.out.ptr, "Van een ander. "));
	proc_result_release(&r);
}

static void
test_screen__joins_what_another_changed_elsewhere(void **state)
{
	struct screen *s = write_at_the_top("themas/platformeconomie");
	struct proc_result page, r;

	(void)state;
	fixture_ssh(&wiki, "read themas/platformeconomie --source", NULL,
		    &page);
	buf_str(&page.out, "\nVan een ander.\n");
	fixture_ssh(&wiki, "save themas/platformeconomie --base 1",
		    page.out.ptr, &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	proc_result_release(&page);
	save_on_screen(s);
	see(s, "Opgeslagen als versie 3. De wijziging van Toos Tester is");
	leave(s);
	fixture_ssh(&wiki, "read themas/platformeconomie --source", NULL, &r);
	assert_non_null(strstr(r.out.ptr, "\n---\nMijn zin. "));
	assert_non_null(strstr(r.out.ptr, "\nVan een ander.\n"));
	proc_result_release(&r);
}

static void
test_screen__asks_before_text_is_lost(void **state)
{
	struct screen *s = open_page("themas/data-voor-opgaven");

	(void)state;
	screen_type(s, "b");
	see(s, "Ctrl-S Opslaan");
	screen_type(s, "Weg hiermee. ");
	see(s, "Weg hiermee.");
	screen_type(s, CTRL_Q);
	see(s, "1 Verder schrijven");
	screen_type(s, ENTER);
	no_longer(s, "1 Verder schrijven");
	see(s, "Weg hiermee.");
	screen_type(s, CTRL_Z);
	no_longer(s, "Weg hiermee.");
	screen_type(s, CTRL_Q);
	see(s, "b Bewerken");
	leave(s);
}

static void
save_as(const char *key, const char *page, int base)
{
	char line[96], text[32];
	const char *const extra[] = { "-T", "127.0.0.1", line, NULL };
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;

	(void)snprintf(line, sizeof(line), "save %s --base %d", page, base);
	(void)fixture_ssh_argv(&wiki, key, extra, argv);
	(void)snprintf(text, sizeof(text), "Van Bo, keer %d.\n", base);
	proc_run_text(&r, argv, text, strlen(text));
	if (r.status != 0)
		fail_msg("%s: %d %s", line, r.status, r.err.ptr);
	proc_result_release(&r);
}

static void
test_screen__tells_what_others_did(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);
	char key[80];

	(void)state;
	see(s, "Mogelijk maken");
	leave(s);
	fixture_add_person(&wiki, "bo.boer", "Bo Boer", "bijdrager", key);
	save_as(key, "themas/digitale-toegang", 1);
	s = screen_open(&wiki, 24, 80, NULL, NULL);
	see(s, "Nieuw voor jou: 1 pagina");
	see(s, "Vorige bezoek: vandaag");
	screen_type(s, "o");
	see(s, "Van Bo, keer 1.");
	save_as(key, "themas/digitale-toegang", 2);
	see(s, "Nieuw: bo.boer heeft deze pagina opgeslagen.");
	screen_type(s, "b");
	see(s, "Ctrl-S Opslaan");
	screen_type(s, CTRL_Q);
	see(s, "b Bewerken");
	screen_type(s, ESC);
	see(s, "Mogelijk maken");
	leave(s);
}

/* Also when one leaves at once. */
static void
test_screen__opens_the_branches_that_were_left_open(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);

	(void)state;
	see(s, "Mogelijk maken");
	screen_type(s, "/digitale infra" ENTER);
	see(s, "Gevonden 1 van 1");
	screen_type(s, RIGHT);
	see(s, "- Digitale infrastructuur");
	leave(s);
	s = screen_open(&wiki, 24, 80, NULL, NULL);
	see(s, "- Digitale infrastructuur");
	screen_type(s, "/digitale infra" ENTER);
	see(s, "Gevonden 1 van 1");
	screen_type(s, LEFT);
	see(s, "+ Digitale infrastructuur");
	leave(s);
	s = screen_open(&wiki, 24, 80, NULL, NULL);
	see(s, "+ Digitale infrastructuur");
	leave(s);
}

/* Of one line of smaps(5). */
static void
count_line(const char *line, bool *ours, long *kb)
{
	char name[64];
	long n;

	if (!isupper((unsigned char)*line)) /* a mapping, by its address */
		*ours = strstr(line, "/plein") || strstr(line, ".texts");
	else if (sscanf(line, "%63[^:]: %ld kB", name, &n) == 2)
		*kb += strcmp(name, *ours ? "Rss" : "Private_Dirty") ? 0 : n;
}

/* kB of its own files, and of all that it wrote; -1: cannot be seen here. Not
 * what is the system's, since others may have that as well. */
static long
memory_of_its_own(pid_t pid)
{
	char path[64], line[512];
	bool ours = false;
	long kb = 0;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/smaps", (int)pid);
	in = fopen(path, "re");
	if (!in)
		return -1;
	while (fgets(line, sizeof(line), in))
		count_line(line, &ours, &kb);
	(void)fclose(in);
	return kb ? kb : -1;
}

/* docs/performance.md: 1.5 of nano's 756 kB, less 155 of the system's locale,
 * which others have too. Beyond it? See FIRST in the Makefile. */
static void
test_screen__takes_little_memory(void **state)
{
	struct screen *s = open_page("themas/common-ground");
	long kb = 0;

	(void)state;
	screen_type(s, "b");
	see(s, "Ctrl-S");
	screen_type(s, "abc");
	see(s, "abc");
	/* what answers needed is given back a moment later */
	for (int i = 0; i < OWN_TRIES; i++) {
		kb = memory_of_its_own(fixture_find(&wiki, "plein screen"));
		if (kb <= OWN_MAX)
			break;
		(void)poll(NULL, 0, OWN_MS);
	}
	screen_abandon(s);
	if (IS_SANITIZED || kb < 0)
		skip();
	assert_in_range(kb, OWN_MIN, OWN_MAX);
}

static void
test_screen__survives_resizing(void **state)
{
	struct screen *s = open_page("themas/common-ground");

	(void)state;
	screen_resize(s, 12, 40);
	see(s, "Common Ground");
	screen_resize(s, 5, 20);
	see(s, "klein");
	screen_resize(s, 40, 120);
	see(s, "b Bewerken");
	see(s, "informatiekundige visie");
	leave(s);
}

static void
test_screen__explains_itself(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);

	(void)state;
	see(s, "? Hulp");
	screen_type(s, "?");
	see(s, "Hulp");
	see(s, "Enter");
	screen_type(s, ESC);
	see(s, "Mogelijk maken");
	leave(s);
}

/* Its first screen comes before all of it is laid out; no key finds less. */
static void
test_screen__shows_all_of_a_big_page(void **state)
{
	struct proc_result r;
	struct buf text = BUF_INIT;
	struct screen *s;

	(void)state;
	for (int i = 0; i < 6000; i++)
		buf_printf(&text, "Alinea %d van een lang verhaal.\n\n", i);
	fixture_ssh(&wiki, "create themas/lang --soort thema --titel Lang",
		    text.ptr, &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	s = open_page("themas/lang");
	/* its end comes after the first screen, and a key waits for it */
	for (int i = 0; i < BIG_TRIES; i++) {
		screen_type(s, END);
		see(s, "Alinea 5999 van");
		screen_type(s, ESC);
		no_longer(s, "Alinea");
		screen_type(s, "g");
		see(s, "Enter");
		screen_type(s, "themas/lang");
		see(s, "themas/lang");
		screen_type(s, ENTER);
		see(s, "Alinea 2 van");
	}
	screen_type(s, END);
	see(s, "Alinea 5999 van");
	screen_type(s, HOME);
	see(s, "Alinea 2 van");
	screen_type(s, "b");
	see(s, "Ctrl-S");
	screen_type(s, CTRL_Q); /* nothing was changed */
	see(s, "b Bewerken");
	screen_type(s, END);
	see(s, "Alinea 5999 van");
	leave(s);
	buf_release(&text);
}

static void
test_screen__copes_with_strange_terminals(void **state)
{
	static const char *const terms[] = { "xterm-kitty", "no-such-term",
					     "vt100", "linux" };
	struct screen *s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		s = screen_open(&wiki, 24, 80, terms[i], NULL);
		see(s, "Mogelijk maken");
		see(s, "Hulp");
		leave(s);
	}
	s = screen_open(&wiki, 24, 80, "dumb", NULL);
	see(s, "Gewone regels.");
	see(s, "start>");
	screen_type(s, "onzin\003");
	screen_type(s, "lees common ground\n");
	see(s, "visie van gemeenten");
	see(s, "common-ground>");
	screen_type(s, "afmelden\n");
	see(s, "Tot ziens.");
	assert_int_equal(screen_close(s), 0);
}

static void
test_screen__gives_way_to_lines_when_asked(void **state)
{
	static const char *const line[] = { "lijn", NULL };
	struct screen *s = screen_open(&wiki, 24, 60, NULL, line);

	(void)state;
	see(s, "om uit te kiezen:");
	see(s, "start>");
	screen_type(s, "scherm\n");
	see(s, "ssh -t <host> scherm");
	screen_type(s, "lees themas/connectiviteit\n");
	see(s, "connectiviteit>");
	screen_type(s, "afmelden\n");
	see(s, "Tot ziens.");
	assert_int_equal(screen_close(s), 0);
}

static void
test_screen__ends_with_the_server(void **state)
{
	struct screen *s = screen_open(&wiki, 24, 80, NULL, NULL);

	(void)state;
	see(s, "Mogelijk maken");
	assert_int_equal(fixture_stop(&wiki), 0);
	(void)screen_close(s);
	fixture_serve(&wiki);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_screen__shows_the_agenda_as_a_tree),
		cmocka_unit_test(test_screen__opens_pages_and_goes_back),
		cmocka_unit_test(test_screen__follows_a_link),
		cmocka_unit_test(test_screen__edits_and_saves),
		cmocka_unit_test(
			test_screen__joins_by_hand_where_both_changed_one_place),
		cmocka_unit_test(test_screen__keeps_what_was_being_joined),
		cmocka_unit_test(test_screen__keeps_the_note_of_a_save),
		cmocka_unit_test(
			test_screen__joins_what_another_changed_elsewhere),
		cmocka_unit_test(test_screen__asks_before_text_is_lost),
		cmocka_unit_test(test_screen__tells_what_others_did),
		cmocka_unit_test(
			test_screen__opens_the_branches_that_were_left_open),
		cmocka_unit_test(test_screen__takes_little_memory),
		cmocka_unit_test(test_screen__survives_resizing),
		cmocka_unit_test(test_screen__explains_itself),
		cmocka_unit_test(test_screen__shows_all_of_a_big_page),
		cmocka_unit_test(test_screen__copes_with_strange_terminals),
		cmocka_unit_test(test_screen__gives_way_to_lines_when_asked),
		cmocka_unit_test(test_screen__ends_with_the_server),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}
