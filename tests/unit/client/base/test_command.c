/* The one list: keys, places, words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/command.h"
#include "plein/fs.h"
#include "words.h"

static enum command
command_of(const char *name, enum place at)
{
	struct key k;

	assert_true(key_parse(name, &k));
	return command_of_key(&k, at);
}

static void
expect_keys(const char *keys)
{
	while (*keys) {
		size_t len = strcspn(keys, " ");
		char name[32];
		struct key k;

		assert_true(len < sizeof(name));
		memcpy(name, keys, len);
		name[len] = '\0';
		if (!key_parse(name, &k))
			fail_msg("no key: %s", name);
		keys += len;
		keys += strspn(keys, " ");
	}
}

static void
test_command__keys_are_keys(void **state)
{
	(void)state;
	for (int i = 0; i < CMD_N; i++) {
		assert_int_equal(command_row((enum command)i)->id, i);
		expect_keys(command_row((enum command)i)->keys);
	}
}

/* No key of a command is hidden by an earlier row at the same place. */
static void
test_command__first_key_is_its_own_at_each_place(void **state)
{
	(void)state;
	for (int i = 0; i < CMD_N; i++) {
		const struct command_row *row = command_row((enum command)i);
		char name[32];
		size_t len = strcspn(row->keys, " ");

		memcpy(name, row->keys, len);
		name[len] = '\0';
		for (unsigned at = 1; len && at <= PLACE_ALL; at <<= 1)
			if (row->places & at &&
			    command_of(name, (enum place)at) != row->id)
				fail_msg("%s at %u is not %s", name, at,
					 row->word);
	}
}

static void
test_command__a_key_means_what_its_place_says(void **state)
{
	(void)state;
	assert_int_equal(command_of("b", PLACE_PAGE), CMD_EDIT);
	assert_int_equal(command_of("b", PLACE_START), CMD_N);
	assert_int_equal(command_of("q", PLACE_START), CMD_QUIT);
	assert_int_equal(command_of("q", PLACE_PAGE), CMD_BACK);
	assert_int_equal(command_of("Ctrl-S", PLACE_EDITOR), CMD_SAVE);
	assert_int_equal(command_of("Ctrl-S", PLACE_PAGE), CMD_N);
	/* out of time travel; else there is nothing to go back to */
	assert_int_equal(command_of("Esc", PLACE_START), CMD_NOW);
	assert_int_equal(command_of("Alt-U", PLACE_EDITOR), CMD_UNDO);
	assert_int_equal(command_of("Space", PLACE_PAGE), CMD_PAGE_DOWN);
}

static void
expect_key(enum command id, enum place at, const char *key)
{
	struct buf name = BUF_INIT;

	command_key(id, at, &name);
	assert_string_equal(name.ptr, key);
	buf_release(&name);
}

static void
test_command__shows_no_letter_where_letters_are_text(void **state)
{
	(void)state;
	expect_key(CMD_HELP, PLACE_PAGE, "?");
	expect_key(CMD_HELP, PLACE_EDITOR, "F1");
	expect_key(CMD_WHERE, PLACE_PAGE, ".");
	expect_key(CMD_WHERE, PLACE_EDITOR, "Ctrl-W");
	expect_key(CMD_DISCARD, PLACE_EDITOR, "");
}

static void
test_command__digits_are_those_of_the_function_keys(void **state)
{
	(void)state;
	assert_int_equal(command_digit(CMD_HELP), 1);
	assert_int_equal(command_digit(CMD_SAVE), 2);
	assert_int_equal(command_digit(CMD_LEAVE), 0);
	assert_int_equal(command_digit(CMD_FIND), 3);
	assert_int_equal(command_digit(CMD_UNDO), -1);
	assert_int_equal(command_digit(CMD_FIND_PREVIOUS), -1);
}

static void
test_command__letters_are_those_of_the_ctrl_keys(void **state)
{
	(void)state;
	assert_int_equal(command_letter(CMD_UNDO), 'z');
	assert_int_equal(command_letter(CMD_PASTE), 'v');
	assert_int_equal(command_letter(CMD_DISCARD), 'k');
	assert_int_equal(command_letter(CMD_CUT_LINE), '\0');
	assert_int_equal(command_letter(CMD_FIND_PREVIOUS), '\0');
}

/* No letter of a menu chooses two things. */
static void
test_command__letters_differ_in_the_menu_of_the_editor(void **state)
{
	bool seen[256] = { false };

	(void)state;
	for (int i = 0; i < CMD_N; i++) {
		const struct command_row *row = command_row((enum command)i);
		unsigned char letter = (unsigned char)command_letter(row->id);

		if (!(row->places & PLACE_EDITOR) || !letter ||
		    row->group == COMMAND_MOVE || command_digit(row->id) >= 0 ||
		    row->id == CMD_EDITOR_MENU)
			continue;
		if (seen[letter])
			fail_msg("%c twice", letter);
		seen[letter] = true;
	}
}

static void
test_command__words_have_two_names(void **state)
{
	(void)state;
	for (int i = 0; i < WORD_N; i++) {
		const struct word_row *row = word_row((enum word_id)i);

		assert_int_equal(row->id, i);
		assert_int_equal(word_find(row->nl), i);
		assert_int_equal(word_find(row->en), i);
		assert_true(*row->help);
	}
	assert_int_equal(word_find("onzin"), WORD_N);
	assert_int_equal(word_find(""), WORD_N);
}

/* A dash in a manual page is \-. */
static void
remove_escapes(struct buf *text)
{
	char *at;

	while ((at = strstr(text->ptr, "\\-")) != NULL)
		buf_erase(text, (size_t)(at - text->ptr), 1);
}

static void
read_manual(struct buf *manual)
{
	int dir = fs_open_dir("docs/man", NULL);

	assert_true(dir >= 0);
	assert_int_equal(
		fs_read_at(dir, "plein.1", manual, (size_t)1 << 20, NULL), 0);
	(void)close(dir);
	remove_escapes(manual);
}

/* What is typed as it stands has small letters: acts, options, values. */
static void
expect_small_words(const char *manual, const char *args)
{
	static const char small[] = "abcdefghijklmnopqrstuvwxyz-";
	char word[32];
	size_t len;

	for (args += strcspn(args, small); *args;
	     args += len + strcspn(args + len, small)) {
		len = strspn(args, small);
		assert_true(len < sizeof(word));
		memcpy(word, args, len);
		word[len] = '\0';
		if (!strstr(manual, word))
			fail_msg("docs/man/plein.1 lacks %s", word);
	}
}

static void
test_command__the_manual_names_what_goes_with_a_word(void **state)
{
	struct buf manual = BUF_INIT;

	(void)state;
	read_manual(&manual);
	for (int i = 0; i < WORD_N; i++)
		expect_small_words(manual.ptr,
				   word_row((enum word_id)i)->arguments);
	buf_release(&manual);
}

static void
test_command__the_manual_names_every_word(void **state)
{
	struct buf manual = BUF_INIT;

	(void)state;
	read_manual(&manual);
	for (int i = 0; i < WORD_N; i++) {
		const struct word_row *row = word_row((enum word_id)i);

		if (!strstr(manual.ptr, row->nl) ||
		    !strstr(manual.ptr, row->en))
			fail_msg("docs/man/plein.1 lacks %s, %s", row->nl,
				 row->en);
	}
	buf_release(&manual);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command__keys_are_keys),
		cmocka_unit_test(
			test_command__first_key_is_its_own_at_each_place),
		cmocka_unit_test(test_command__a_key_means_what_its_place_says),
		cmocka_unit_test(
			test_command__shows_no_letter_where_letters_are_text),
		cmocka_unit_test(
			test_command__digits_are_those_of_the_function_keys),
		cmocka_unit_test(
			test_command__letters_are_those_of_the_ctrl_keys),
		cmocka_unit_test(
			test_command__letters_differ_in_the_menu_of_the_editor),
		cmocka_unit_test(test_command__words_have_two_names),
		cmocka_unit_test(test_command__the_manual_names_every_word),
		cmocka_unit_test(
			test_command__the_manual_names_what_goes_with_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
