/*
 * dictionary.c - libhunspell by its functions of C. It is opened when the
 * first dictionary is, not linked: it brings the library of another language
 * along, which no other process of ours should carry.
 */
#include "spell/dictionary.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/mem.h"

#define LIBRARY "libhunspell-1.7.so.0"

/* As hunspell.h declares them; Hunhandle is opaque. */
struct hunspell {
	void *(*create)(const char *affixes, const char *words);
	void (*destroy)(void *handle);
	int (*spell)(void *handle, const char *word);
	const char *(*get_dic_encoding)(void *handle);
	int (*suggest)(void *handle, char ***list, const char *word);
	void (*free_list)(void *handle, char ***list, int n);
};

struct dictionary {
	void *library;
	struct hunspell call;
	void *handle;
};

static bool
find_function(void *library, const char *name, void *function)
{
	void *found = dlsym(library, name);

	/* The way POSIX shows: a pointer to data becomes one to code. */
	memcpy(function, &found, sizeof(found));
	return found != NULL;
}

static int
load_library(struct dictionary *d, struct err *err)
{
	d->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (!d->library)
		return err_set(err, PLEIN_ENOTFOUND, "%s is not installed",
			       LIBRARY);
	if (find_function(d->library, "Hunspell_create", &d->call.create) &&
	    find_function(d->library, "Hunspell_destroy", &d->call.destroy) &&
	    find_function(d->library, "Hunspell_spell", &d->call.spell) &&
	    find_function(d->library, "Hunspell_get_dic_encoding",
			  &d->call.get_dic_encoding) &&
	    find_function(d->library, "Hunspell_suggest", &d->call.suggest) &&
	    find_function(d->library, "Hunspell_free_list", &d->call.free_list))
		return 0;
	return err_set(err, PLEIN_ENOTFOUND, "%s lacks a function", LIBRARY);
}

static int
load_words(struct dictionary *d, const char *affixes, const char *words,
	   struct err *err)
{
	const char *encoding;

	/* hunspell does not say that a file is missing. */
	if (access(affixes, R_OK) < 0 || access(words, R_OK) < 0)
		return err_set(err, PLEIN_ENOTFOUND, "no %s", words);
	d->handle = d->call.create(affixes, words);
	encoding = d->handle ? d->call.get_dic_encoding(d->handle) : NULL;
	if (encoding && strcasecmp(encoding, "UTF-8") == 0)
		return 0;
	return err_set(err, PLEIN_ERULE, "%s: not in UTF-8", words);
}

int
dictionary_open(struct dictionary **out, const char *folder, const char *name,
		struct err *err)
{
	struct dictionary *d = mem_alloc(sizeof(*d));
	struct buf affixes = BUF_INIT, words = BUF_INIT;
	int rc;

	buf_printf(&affixes, "%s/%s.aff", folder, name);
	buf_printf(&words, "%s/%s.dic", folder, name);
	rc = load_library(d, err);
	if (rc == 0)
		rc = load_words(d, affixes.ptr, words.ptr, err);
	if (rc) {
		dictionary_close(d);
		d = NULL;
	}
	*out = d;
	buf_release(&affixes);
	buf_release(&words);
	return rc;
}

void
dictionary_close(struct dictionary *d)
{
	if (!d)
		return;
	if (d->handle)
		d->call.destroy(d->handle);
	if (d->library)
		(void)dlclose(d->library); /* nothing can be done about it */
	free(d);
}

bool
dictionary_knows(const struct dictionary *d, const char *word)
{
	return strlen(word) > DICTIONARY_WORD_MAX ||
	       d->call.spell(d->handle, word) != 0;
}

void
dictionary_suggest(const struct dictionary *d, const char *word,
		   struct vec *out)
{
	char **list = NULL;
	int n;

	if (strlen(word) > DICTIONARY_WORD_MAX)
		return;
	n = d->call.suggest(d->handle, &list, word);
	for (int i = 0; i < n; i++)
		vec_push(out, mem_strdup(list[i]));
	d->call.free_list(d->handle, &list, n);
}
