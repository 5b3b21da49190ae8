/* What a peer sends to git upload-pack: the same ids however it arrives. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "ssh/haves.h"

static void
check_ids(const char *ids)
{
	size_t len = strlen(ids);

	assert(len < HAVES_TEXT && len % (HAVES_ID + 1) == HAVES_ID);
	for (size_t i = 0; i < len; i++)
		assert(i % (HAVES_ID + 1) == HAVES_ID
			       ? ids[i] == ' '
			       : strchr("0123456789abcdef", ids[i]) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct haves whole, pieces;
	const char *ids, *again;

	haves_init(&whole);
	haves_init(&pieces);
	haves_feed(&whole, (const char *)data, size);
	for (size_t i = 0; i < size; i++)
		haves_feed(&pieces, (const char *)data + i, 1);
	ids = haves_take(&whole);
	again = haves_take(&pieces);
	assert((ids == NULL) == (again == NULL));
	if (!ids)
		return 0;
	check_ids(ids);
	assert(strcmp(ids, again) == 0);
	assert(haves_take(&whole) == NULL);
	return 0;
}
