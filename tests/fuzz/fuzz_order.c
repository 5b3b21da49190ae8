/* What a connection process asks to be started, which may be captured. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "order.h"

#define TERM_FIRST \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

static void
check_order(const struct order *o)
{
	assert(o->kind >= ORDER_SCREEN && o->kind <= ORDER_REFUSE);
	assert(order_kind_name(o->kind)[0]);
	if (o->kind == ORDER_UPLOAD || o->kind == ORDER_RECEIVE)
		assert(o->space);
	if (o->kind == ORDER_COMMAND || o->kind == ORDER_RECEIVE ||
	    o->kind == ORDER_REFUSE)
		assert(o->line);
	assert(!o->line || strlen(o->line) <= ORDER_LINE_MAX);
	assert(!o->space || strlen(o->space) <= ORDER_SPACE_MAX);
	assert(o->term[0] && strlen(o->term) <= ORDER_TERM_MAX);
	assert(strspn(o->term, TERM_FIRST "+._-") == strlen(o->term));
	assert(strchr(TERM_FIRST, o->term[0]));
	assert(o->cols >= 20 && o->cols <= 500);
	assert(o->rows >= 5 && o->rows <= 300);
	assert(!o->language[0] || strcmp(o->language, "nl") == 0 ||
	       strcmp(o->language, "en") == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *msg =
		json_loadb((const char *)data, size, JSON_ALLOW_NUL, NULL);
	struct order o;

	if (msg && order_read(&o, msg, NULL) == 0)
		check_order(&o);
	json_decref(msg);
	return 0;
}
