/* i18n.c - see i18n.h. */
#include "plein/i18n.h"

#include <fcntl.h>
#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plein/texts.h"

#define TRANSLATED "nl" /* the messages themselves are English */
#define PATH_SIZE 512

static struct {
	const struct texts_heading *file; /* NULL: there is none */
	bool on; /* that is the language of now */
} catalogue;

/* What letters are; the rest of a locale is twelve more files at each login,
 * and nothing here asks for it. */
static void
set_locale(void)
{
	if (!setlocale(LC_CTYPE, ""))
		(void)setlocale(LC_CTYPE, "C.UTF-8");
}

void
language_changed(void)
{
	const char *language = getenv("LANGUAGE");

	catalogue.on = language &&
		       strncmp(language, TRANSLATED, strlen(TRANSLATED)) == 0;
}

static const char *
find_text(const char *s)
{
	const struct texts_heading *file = catalogue.file;
	const struct texts_row *rows = (const struct texts_row *)(file + 1);
	uint32_t hash = texts_hash(s), from = 0, to = file->n;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (rows[middle].hash == hash)
			return (const char *)file + rows[middle].at;
		if (rows[middle].hash < hash)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

const char *
i18n_text(const char *s)
{
	const char *found =
		catalogue.on && catalogue.file ? find_text(s) : NULL;

	return found ? found : s;
}

const char *
i18n_count(const char *one, const char *many, unsigned long n)
{
	const char *found =
		catalogue.on && catalogue.file ? find_text(one) : NULL;

	if (!found)
		return n == 1 ? one : many;
	return n == 1 ? found : found + strlen(found) + 1;
}

/* Is it whole? It was made with the program, so this only sees accidents. */
static bool
is_catalogue(const struct texts_heading *file, size_t len)
{
	const struct texts_row *rows = (const struct texts_row *)(file + 1);

	if (len < sizeof(*file) || file->magic != TEXTS_MAGIC ||
	    (len - sizeof(*file)) / sizeof(*rows) <= file->n ||
	    ((const char *)file)[len - 1] != '\0')
		return false;
	for (uint32_t i = 0; i < file->n; i++)
		if (rows[i].at >= len)
			return false;
	return true;
}

static void
map_catalogue(int fd)
{
	struct stat st;
	void *file;

	if (fstat(fd, &st) < 0 || st.st_size <= 0)
		return;
	file = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (file == MAP_FAILED)
		return;
	if (is_catalogue(file, (size_t)st.st_size))
		catalogue.file = file;
	else
		(void)munmap(file, (size_t)st.st_size);
}

void
language_open(const char *dir)
{
	char path[PATH_SIZE];
	int fd;

	set_locale();
	language_changed();
	(void)snprintf(path, sizeof(path), "%s/" TRANSLATED ".texts", dir);
	/* Without a catalogue people read English: worse, but it works. */
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	map_catalogue(fd);
	(void)close(fd);
}
