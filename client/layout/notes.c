/* notes.c - see notes.h. Targets begin with a slash: they count from the top. */
#include "layout/notes.h"

#include <stdlib.h>
#include <string.h>

#include "layout/label.h"
#include "layout/maker.h"
#include "plein/mem.h"

#define HEADING_LEVEL 2

void
notes_init(struct notes *n)
{
	memset(n, 0, sizeof(*n));
}

static void
free_note(void *item)
{
	struct note *note = item;

	free(note->text);
	free(note->target);
	free(note);
}

void
notes_release(struct notes *n)
{
	vec_release(&n->list, free_note);
	notes_init(n);
}

void
notes_add(struct notes *n, enum note_kind kind, const char *text)
{
	struct note *note = mem_alloc(sizeof(*note));

	note->kind = kind;
	note->text = mem_strdup(text);
	vec_push(&n->list, note);
}

void
notes_link(struct notes *n, const char *label, const char *address)
{
	struct buf target = BUF_INIT;
	struct note *note;

	notes_add(n, NOTE_LINK, label);
	note = n->list.items[n->list.len - 1];
	buf_printf(&target, "/%s", address);
	note->target = buf_take(&target);
}

/* Ends what the note before began. */
static void
end_note(struct maker *m, bool *listed, enum note_kind next)
{
	if (*listed)
		maker_end_item(m);
	else
		maker_flush(m);
	m->heading = 0;
	if (*listed && next != NOTE_ITEM) {
		maker_end_container(m);
		*listed = false;
	}
}

static void
begin_note(struct maker *m, bool *listed, enum note_kind kind)
{
	end_note(m, listed, kind);
	if (kind == NOTE_HEADING) {
		m->gap = true;
		m->heading = HEADING_LEVEL;
	} else if (kind == NOTE_LINE) {
		m->gap = false;
	}
	if (kind != NOTE_ITEM)
		return;
	if (!*listed)
		maker_begin_list(m, 0, 0, true);
	*listed = true;
	maker_begin_item(m, "");
}

static void
write_link(struct maker *m, const struct note *note)
{
	struct buf target = BUF_INIT;

	buf_str(&target, note->target);
	label_begin(m, &target, LABEL_LINK);
	maker_string(m, note->text);
	(void)label_end(m); /* what it costs is ours to know */
}

void
notes_write(const struct notes *n, struct maker *m)
{
	bool listed = false;

	for (size_t i = 0; i < n->list.len; i++) {
		const struct note *note = n->list.items[i];

		if (note->kind < NOTE_WORDS)
			begin_note(m, &listed, note->kind);
		if (note->kind == NOTE_LINK)
			write_link(m, note);
		else
			maker_string(m, note->text);
	}
	end_note(m, &listed, NOTE_LINE);
}
