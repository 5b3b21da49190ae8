/*
 * test_rights.c - what a role may do on the screen, as tests/rights/screen.txt
 * has it: it is in the menu of that place or it is not, and its key does it or
 * says that they may not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../rights/sheet.h"
#include "app.h"
#include "base/command.h"
#include "fake_wiki.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/view.h"

#define TABLE "tests/rights/screen.txt"
#define COMMANDS "tests/rights/commands.txt"
#define NO_KEY "-"
#define NO_DRAFTS 3600000

/* How one gets there; all begin at a page or, without one, at the start. */
static const struct {
	const char *name, *page, *keys;
	const char *made; /* what "new" makes there, or NULL */
} places[] = {
	{ "start", NULL, "wait Andere pagina\n", NULL },
	{ "page", "themas/common-ground", "wait Geschiedenis\n", NULL },
	{ "history", "themas/common-ground",
	  "wait Geschiedenis\nkey h\nwait versies\nkey Down\n", NULL },
	{ "threads", "themas/common-ground",
	  "wait Geschiedenis\nkey d\nwait leveranciers\n", "Nieuw gesprek" },
	{ "own threads", "themas/common-ground",
	  "wait Geschiedenis\nkey d\nwait leveranciers\nkey Tab Tab\n",
	  "Nieuw gesprek" },
	{ "own thread", "themas/common-ground",
	  "wait Geschiedenis\nkey d\nwait leveranciers\nkey Tab Tab Enter\n"
	  "wait gesprek, afgehandeld\n",
	  "Nieuwe reactie" },
	{ "thread", "themas/common-ground",
	  "wait Geschiedenis\nkey d\nwait leveranciers\nkey Enter\n"
	  "wait beleid.duinstad op\nkey < Tab Tab\n",
	  "Nieuwe reactie" },
	{ "remark", "themas/common-ground",
	  "wait Geschiedenis\nkey d\nwait leveranciers\nkey Enter\n"
	  "wait beleid.duinstad op\nkey < Tab Tab Tab\n",
	  "Nieuwe reactie" },
	{ "compare", "themas/common-ground",
	  "wait Geschiedenis\nkey h\nwait versies\nkey v\nwait Verschil\n",
	  NULL },
	{ "decision", "besluiten/2021-02-12-resolutie",
	  "wait Besloten op\nkey a\nwait tot stand kwam\n", NULL },
	{ "question", "vraagstukken/digitale-soevereiniteit",
	  "wait Geschiedenis\nkey a\nwait Niets buiten\n", NULL },
	{ "search", NULL,
	  "wait Andere pagina\nkey z\ntype agenda\nkey Enter\n"
	  "wait gevonden\n",
	  NULL },
};

static const char *const ids[] = {
#define X(id, group, keys, places, word, help) #id,
#include "base/command.def"
};

static int
speak(void **state)
{
	(void)setenv("FAKE_TALK", "1", 1);
	return fake_wiki_speak_dutch(state);
}

static enum command
find_command(const char *id)
{
	for (int cmd = 0; cmd < CMD_N; cmd++)
		if (strcmp(ids[cmd], id) == 0)
			return (enum command)cmd;
	fail_msg(TABLE ": no command is called %s", id);
	return CMD_N;
}

static size_t
find_place(const char *name)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].name, name) == 0)
			return i;
	fail_msg(TABLE ": nobody knows the way to %s", name);
	return 0;
}

static void
play(const char *script, const char *role, const char *page, struct buf *log)
{
	struct err err = ERR_INIT;
	struct fake_wiki wiki;
	struct app_options o = { .keep_ms = NO_DRAFTS };
	struct terminal *terminal;
	json_t *args = page ? json_pack("{s:s}", "address", page) : NULL;

	if (terminal_script_open(&terminal, script, log, &err) < 0)
		fail_msg("%s", err.msg);
	fake_wiki_start_old(&wiki, role);
	o.control = wiki.control;
	if (page)
		o.first = SCREEN_PAGE;
	o.args = args;
	(void)app_run(app_begin(&o), terminal, NULL);
	json_decref(args);
	terminal->ops->close(terminal);
	fake_wiki_stop(&wiki);
}

/* The part of the log behind "=== NAME", until the next one; free() it. */
static char *
screen_of(const struct buf *log, const char *name)
{
	const char *at = strstr(log->ptr, name), *end;

	if (!at) {
		print_error("%s\n", log->ptr);
		fail_msg("no %s", name);
	}
	at = strchr(at, '\n') + 1;
	end = strstr(at, "\n===");
	return mem_strndup(at, end ? (size_t)(end - at) : strlen(at));
}

/* As a line of the menu; words of others may begin with it. */
static bool
is_in_menu(const char *menu, const char *label)
{
	struct buf line = BUF_INIT;
	const char *at = menu;
	bool found = false;

	buf_printf(&line, "  %s", label);
	while (!found && (at = strstr(at, line.ptr))) {
		at += line.len;
		found = *at == '\n' || strncmp(at, "  ", 2) == 0;
	}
	buf_release(&line);
	return found;
}

static bool
is_in_bar(const char *screen, const char *key, const char *label)
{
	struct buf item = BUF_INIT;
	bool found;

	buf_printf(&item, "%s %s", key, label);
	found = strstr(screen, item.ptr) != NULL;
	buf_release(&item);
	return found;
}

/* What a command is called there, where that is not the ordinary. */
static const struct {
	const char *place;
	enum command cmd;
	const char *label;
} called[] = {
	{ "decision", CMD_ADD, "Actie" },
	{ "question", CMD_ADD, "Opvatting" },
	{ "question", CMD_RESPOND, "Argument" },
	{ "question", CMD_COMPLETE, "Stand" },
	{ "own threads", CMD_SETTLE, "Heropenen" },
	{ "own thread", CMD_SETTLE, "Heropenen" },
};

static const char *
name_command(enum command cmd, size_t place)
{
	for (size_t i = 0; i < sizeof(called) / sizeof(called[0]); i++)
		if (called[i].cmd == cmd &&
		    strcmp(called[i].place, places[place].name) == 0)
			return called[i].label;
	if (cmd == CMD_NEW && places[place].made)
		return places[place].made;
	return gettext(command_row(cmd)->word);
}

/* What a role hears of what it may not do. */
static const char *
name_refusal(const char *role, enum command cmd, const char *place)
{
	if (strcmp(role, "bijdrager") == 0 && cmd == CMD_SETTLE)
		return "Wie een gesprek begon en redacteuren";
	if (strcmp(role, "gast") == 0)
		return "Hiervoor heb je een profiel nodig. Aanvragen: ssh";
	if (strcmp(role, "waiting") == 0)
		return "Je aanvraag wacht op goedkeuring.";
	if (cmd == CMD_EDIT && strcmp(place, "remark") == 0 &&
	    strcmp(role, "lezer") != 0)
		return "Dit is een reactie van een ander.";
	return "geen rechten";
}

/* What differs from the cell, or NULL. */
static const char *
find_fault(const struct row *r, const char *role, bool may)
{
	size_t place = find_place(r->object);
	enum command cmd = find_command(r->what);
	const char *label = name_command(cmd, place);
	bool has_key = strcmp(r->request, NO_KEY) != 0;
	struct buf script = BUF_INIT, log = BUF_INIT;
	const char *fault = NULL;
	char *before, *menu, *after;

	buf_printf(&script,
		   "size 70 100\n%sscreen before\nkey m\nscreen menu\n"
		   "key Esc .\n%s%s\nscreen after\n",
		   places[place].keys, has_key ? "key " : "",
		   has_key ? r->request : "");
	play(script.ptr, role, places[place].page, &log);
	before = screen_of(&log, "=== before");
	menu = screen_of(&log, "=== menu");
	after = screen_of(&log, "=== after");
	if (is_in_menu(menu, label) != may)
		fault = may ? "is not in the menu" : "is in the menu";
	else if (!may && has_key && is_in_bar(before, r->request, label))
		fault = "is in the bar";
	else if (has_key &&
		 may == (strstr(after, name_refusal(role, cmd, r->object)) !=
			 NULL))
		fault = may ? "is refused" : "is not refused";
	if (fault)
		print_error("%s\n%s\n", menu, after);
	free(before);
	free(menu);
	free(after);
	buf_release(&script);
	buf_release(&log);
	return fault;
}

static int
check_row(const struct sheet *t, const struct row *r)
{
	const char *fault;
	int wrong = 0;

	for (int c = 0; c < t->n_columns; c++) {
		fault = find_fault(r, t->columns[c],
				   strcmp(r->cells[c], "yes") == 0);
		if (!fault)
			continue;
		print_error("%s:%d: %s (%s) of %s %s\n", TABLE, r->line,
			    r->what, r->object, t->columns[c], fault);
		wrong++;
	}
	return wrong;
}

static void
test_rights__of_the_screen_are_as_the_table_says(void **state)
{
	struct sheet t;
	int wrong = 0;

	(void)state;
	sheet_read(&t, TABLE);
	for (size_t i = 0; i < t.rows.len; i++)
		wrong += check_row(&t, t.rows.items[i]);
	assert_int_equal(wrong, 0);
	sheet_release(&t);
}

static void
test_rights__each_command_that_writes_has_a_row(void **state)
{
	struct sheet t;
	int missing = 0;

	(void)state;
	sheet_read(&t, TABLE);
	for (int cmd = 0; cmd < CMD_N; cmd++) {
		if (!view_writes((enum command)cmd) ||
		    command_row((enum command)cmd)->group == COMMAND_ANSWER ||
		    sheet_has(&t, ids[cmd]))
			continue;
		print_error("%s has no row in " TABLE "\n", ids[cmd]);
		missing++;
	}
	assert_int_equal(missing, 0);
	sheet_release(&t);
}

/* The English words of the one list of commands. */
static const char *const words[] = {
#define W(id, nl, en, options, arguments, help) en,
#include "base/command.def"
};

/* A row may be about a part of a command: "key list". */
static bool
has_row(const struct sheet *t, const char *word)
{
	const struct row *r;
	size_t len = strlen(word);

	for (size_t i = 0; i < t->rows.len; i++) {
		r = t->rows.items[i];
		if (r->kind == ROW_ASKED && strncmp(r->what, word, len) == 0 &&
		    (r->what[len] == '\0' || r->what[len] == ' '))
			return true;
	}
	return false;
}

static void
test_rights__each_word_has_a_row(void **state)
{
	struct sheet t;
	int missing = 0;

	(void)state;
	sheet_read(&t, COMMANDS);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (has_row(&t, words[i]))
			continue;
		print_error("the command %s has no row in " COMMANDS
			    ": add one that says what it exits with for each "
			    "column\n",
			    words[i]);
		missing++;
	}
	assert_int_equal(missing, 0);
	sheet_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rights__each_word_has_a_row),
		cmocka_unit_test(
			test_rights__each_command_that_writes_has_a_row),
		cmocka_unit_test(
			test_rights__of_the_screen_are_as_the_table_says),
	};

	return cmocka_run_group_tests(tests, speak, NULL);
}
