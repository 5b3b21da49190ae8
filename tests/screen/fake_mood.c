/* fake_mood.c - see fake_mood.h. */
#include "fake_mood.h"

#include <stdbool.h>
#include <string.h>

#include "plein/buf.h"

/* What a name, title or note would have to hold to do harm. */
static const char poison[] =
	"\x1b[2J\x1b[31;41m\x1b]0;x\x07\xc2\x9b?25l\x0e"
	" e\xcc\x81\xcc\x81\xcc\x81\xcc\x81 \xe6\xbc\xa2\xe5\xad\x97"
	" \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91"
	"\xa7"
	" \xe2\x80\xae"
	"abc \xc2\xad\xe2\x80\x8b %s %n {0} [x] <b> | # \t"
	" loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
	"ng";

/* Texts that are addresses or words of ours stay: a wiki has no others. */
static bool
is_free_text(const char *key)
{
	static const char *const keys[] = {
		"title",   "name",    "note",	  "author",	  "passage",
		"text",	   "wiki",    "target",	  "lines",	  "why",
		"contact", "reason",  "question", "organisation", "detail",
		"quote",   "core",    "body",	  "owner",	  "offers",
		"needs",   "outcome", "mandate",  "official",	  "result",
		"present", "notes",   "purpose",  "municipality",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

/* Front matter stays what it is: the wiki lets no other in. */
static json_t *
poisoned(const char *text)
{
	struct buf out = BUF_INIT;
	json_t *string;

	buf_str(&out, text);
	buf_str(&out, poison);
	string = json_string(out.ptr);
	buf_release(&out);
	return string;
}

static json_t *
change_text(enum fake_mood mood, const char *text)
{
	return mood == FAKE_EMPTY ? json_string("") : poisoned(text);
}

static void
change(enum fake_mood mood, json_t *value, bool is_free);

static void
change_object(enum fake_mood mood, json_t *object)
{
	const char *key;
	json_t *value;
	void *next;

	json_object_foreach_safe(object, next, key, value)
	{
		if (json_is_string(value) && is_free_text(key))
			(void)json_object_set_new(
				object, key,
				change_text(mood, json_string_value(value)));
		else
			change(mood, value, is_free_text(key));
	}
}

static void
change(enum fake_mood mood, json_t *value, bool is_free)
{
	if (json_is_object(value)) {
		change_object(mood, value);
		return;
	}
	if (mood == FAKE_EMPTY && json_is_array(value))
		(void)json_array_clear(value);
	for (size_t i = 0; i < json_array_size(value); i++) {
		json_t *item = json_array_get(value, i);

		if (json_is_string(item) && is_free)
			(void)json_array_set_new(
				value, i,
				change_text(mood, json_string_value(item)));
		else
			change(mood, item, false);
	}
}

void
fake_change_mood(enum fake_mood mood, const char *method, json_t *result)
{
	if (mood == FAKE_ORDINARY || strcmp(method, "session.info") == 0)
		return;
	if (mood == FAKE_EMPTY)
		(void)json_object_del(result, "next");
	change(mood, result, false);
}
