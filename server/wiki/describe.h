/*
 * describe.h - what answers say of pages and versions: one shape each,
 * whichever method asks.
 */
#ifndef PLEIN_WIKI_DESCRIBE_H
#define PLEIN_WIKI_DESCRIBE_H

#include <jansson.h>
#include <stdint.h>

#include "plein/page.h"
#include "state/index.h"
#include "wiki/method.h"

/* Set a member: stored text as call_json_line() gives it (null for NULL). */
void
describe_line(json_t *row, const char *key, const char *value);

void
describe_number(json_t *row, const char *key, int64_t value);

/* {address, title, kind, status, state} */
json_t *
describe_page(const struct page_info *info);

/* {version, address, commit, author, handle, time, note, gone} */
json_t *
describe_version(const struct index_version *v);

/* The answer is {rows: […]}. */
void
describe_rows(struct call *c, json_t *rows_take);

#endif
