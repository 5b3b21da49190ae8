/* fake_scene.c - see fake_scene.h. */
#include "fake_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <jansson.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "app.h"
#include "base/when.h"
#include "fake_first.h"
#include "fake_scripts.h"
#include "fake_wiki.h"

#define NO_DRAFTS 3600000 /* by themselves */

static int64_t moment; /* 0: as it is */

/* Instead of the one of the C library, which lies behind the clocks of all. */
int
clock_gettime(clockid_t id, struct timespec *out)
{
	if (id == CLOCK_REALTIME && moment) {
		*out = (struct timespec){ .tv_sec = (time_t)moment };
		return 0;
	}
	return (int)syscall(SYS_clock_gettime, id, out);
}

void
fake_scene_stand_still(const char *at)
{
	moment = 0;
	if (*at && !when_parse(at, &moment))
		fail_msg("no moment: %s", at);
}

void
fake_scene_discuss(bool discuss)
{
	if (discuss)
		(void)setenv("FAKE_TALK", "1", 1);
	else
		(void)unsetenv("FAKE_TALK");
}

static void
add_told(json_t *told, const char *name)
{
	struct buf text = BUF_INIT;
	json_error_t error;
	json_t *rows;

	fake_read_file(FAKE_MOCKUPS, name, ".json", &text);
	rows = text.len ? json_loadb(text.ptr, text.len, 0, &error)
			: json_array();
	if (!rows)
		fail_msg("%s.json, line %d: %s", name, error.line, error.text);
	(void)json_array_extend(told, rows);
	json_decref(rows);
	buf_release(&text);
}

/* Who is there, where and when, from the first line of the keys. */
struct scene {
	char role[16], now[24], keep[8];
	enum screen first;
	json_t *args;
};

static void
read_scene(struct scene *s, const char *name)
{
	struct buf keys = BUF_INIT;

	fake_read_file(FAKE_MOCKUPS, name, ".keys", &keys);
	fake_read_scene(keys.ptr, "as", s->role, sizeof(s->role));
	fake_read_scene(keys.ptr, "now", s->now, sizeof(s->now));
	fake_read_scene(keys.ptr, "keep", s->keep, sizeof(s->keep));
	fake_first(keys.ptr, &s->first, &s->args);
	buf_release(&keys);
}

int
fake_scene_show(const char *name)
{
	struct app_options o = { .keep_ms = NO_DRAFTS, .signals = true };
	json_t *told = json_array();
	struct err err = ERR_INIT;
	struct terminal *terminal;
	struct fake_wiki wiki;
	struct scene scene;
	bool fell_back;

	(void)fake_wiki_speak_dutch(NULL);
	read_scene(&scene, name);
	add_told(told, name);
	add_told(told, "told");
	fake_scene_stand_still(scene.now);
	fake_wiki_start_told(&wiki, scene.role, told);
	if (terminal_curses_open(&terminal, terminal_curses_type(&fell_back),
				 NULL, &err) < 0)
		return 2;
	o.control = wiki.control;
	o.first = scene.first;
	o.args = scene.args;
	if (*scene.keep)
		o.keep_ms = (int)strtol(scene.keep, NULL, 10);
	(void)app_run(app_begin(&o), terminal, NULL);
	json_decref(scene.args);
	json_decref(told);
	terminal->ops->close(terminal);
	fake_wiki_stop(&wiki);
	return 0;
}
