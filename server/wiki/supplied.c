/* supplied.c - see supplied.h. */
#include "wiki/supplied.h"

#include <string.h>

#include "state/index.h"

/* The file itself, between two names. */
#define BRING(name) \
	__asm__(".section .rodata\n" \
		"supplied_" #name ":\n" \
		".incbin \"repo-template/sjablonen/reflectie-" #name ".md\"\n" \
		"supplied_" #name "_end:\n" \
		".previous\n"); \
	extern const char supplied_##name[], supplied_##name##_end[]

BRING(dilemma);
BRING(terugblik);
BRING(waarden);

#define BROUGHT(name) \
	{ \
		"sjablonen/reflectie-" #name, supplied_##name, \
			supplied_##name##_end \
	}

static const struct {
	const char *address, *begin, *end;
} scripts[SUPPLIED_SCRIPTS] = {
	BROUGHT(dilemma),
	BROUGHT(terugblik),
	BROUGHT(waarden),
};

const char *
supplied_address(size_t i)
{
	return scripts[i].address;
}

bool
supplied_text(const char *address, struct buf *out)
{
	size_t i;

	for (i = 0; i < SUPPLIED_SCRIPTS; i++)
		if (strcmp(scripts[i].address, address) == 0) {
			buf_add(out, scripts[i].begin,
				(size_t)(scripts[i].end - scripts[i].begin));
			return true;
		}
	return false;
}

bool
supplied_is_missing(struct desk *d, const char *address)
{
	struct index_version *v = NULL;
	int rc = index_latest(d->index, address, &v, NULL);

	index_version_free(v);
	return rc == PLEIN_ENOTFOUND;
}
