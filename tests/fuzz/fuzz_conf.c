/* Settings that are read can be written and read again. */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/conf.h"
#include "plein/mem.h"
#include "plein/utf8.h"

static void
check_again(const struct conf *c)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct conf again;

	conf_format(c, &first);
	conf_init(&again);
	assert(conf_parse(&again, first.ptr, NULL) == 0);
	conf_format(&again, &second);
	assert(strcmp(first.ptr, second.ptr) == 0);
	conf_release(&again);
	buf_release(&first);
	buf_release(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	struct err err = ERR_INIT;
	struct conf c;

	conf_init(&c);
	if (conf_parse(&c, text, &err) == 0) {
		check_again(&c);
	} else {
		assert(err.code == PLEIN_ERULE);
		assert(utf8_is_valid(err.msg, strlen(err.msg)));
	}
	assert(c.listen.len >= 1 && c.listen.len <= 16);
	conf_release(&c);
	free(text);
	return 0;
}
