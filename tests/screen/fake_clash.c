/* fake_clash.c - a colleague who saves the same page a moment before. */
#include "fake_impl.h"

#include <string.h>

#include "plein/frontmatter.h"

static bool
replace(struct buf *text, const char *from, const char *to)
{
	char *at = strstr(text->ptr, from);
	size_t pos;

	if (!at)
		return false;
	pos = (size_t)(at - text->ptr);
	buf_erase(text, pos, strlen(from));
	buf_insert(text, pos, to, strlen(to));
	return true;
}

/* At the very beginning, where tests type as well. */
static void
begin_text(struct buf *text, const char *words)
{
	size_t begin, end, body = 0;

	if (!frontmatter_find(text->ptr, text->len, &begin, &end, &body))
		body = 0;
	buf_insert(text, body, words, strlen(words));
}

void
fake_collide(struct fake_page *p)
{
	buf_reset(&p->before);
	buf_add(&p->before, p->text.ptr, p->text.len);
	if (replace(&p->text, "vraagt een lange adem",
		    "vraagt goede afspraken en een lange adem")) {
		(void)replace(&p->text, "noemen bij de inkoopvoorwaarden",
			      "noemen in de inkoopvoorwaarden");
		(void)replace(&p->text, "2. dan de inkoop", "2. inkoop");
		(void)replace(&p->text, "2021-11-09", "9 november 2021");
	} else {
		begin_text(&p->text, "Hun zin. ");
	}
	p->version++;
}

const struct buf *
fake_text_of(const struct fake_page *p, json_int_t version)
{
	return version && version < p->version && p->before.len ? &p->before
								: &p->text;
}
