/* A public key, as somebody pastes it or shows it: "KIND BLOB REST". */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/key.h"

static void
check_good(const char *kind, const char *blob)
{
	struct buf text = BUF_INIT;
	char print[KEY_FINGERPRINT];

	assert(key_fingerprint(blob, print, NULL) == 0);
	assert(strncmp(print, "SHA256:", 7) == 0 && strlen(print) == 50);
	key_describe(kind, blob, &text);
	assert(text.len > 0);
	assert(strcmp(kind, "ssh-rsa") != 0 ||
	       strtol(text.ptr + strlen("rsa "), NULL, 10) >= 3072);
	buf_release(&text);
}

static void
check_key(const char *kind, const char *blob)
{
	char print[KEY_FINGERPRINT];
	struct err err = ERR_INIT;
	int rc = key_check(kind, blob, &err);

	if (rc == 0) {
		check_good(kind, blob);
		return;
	}
	assert(rc == PLEIN_ERULE && err.rule);
	(void)key_fingerprint(blob, print, NULL); /* of whatever it is */
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = mem_strndup((const char *)data, size), *rest = line;
	const char *kind = strsep(&rest, " ");
	const char *blob = strsep(&rest, " ");

	check_key(kind, blob ? blob : "");
	free(line);
	return 0;
}
