/*
 * maintain.h - what piles up in a repository: loose objects, packs. Git packs
 * them together (the supervisor starts it); taking away what is packed is
 * done here, so that nothing goes before what replaces it is on stable
 * storage. Beside a writer and readers; nothing reachable or young is ever
 * taken away that is not in a pack that stays.
 */
#ifndef PLEIN_STORE_MAINTAIN_H
#define PLEIN_STORE_MAINTAIN_H

#include <stddef.h>
#include <stdint.h>

#include "plein/err.h"

/* Seconds after which a file that a killed git left half made is removed. */
#define MAINTAIN_STALE_S (14 * 24 * 3600)

struct maintain_count {
	size_t loose; /* objects */
	size_t packs;
	int64_t pack_bytes;
};

/* Count. `path` is the repository. */
int
maintain_count(const char *path, struct maintain_count *out, struct err *err);

/*
 * For who reads much of it by way of git: until the descriptor that comes
 * back is closed, by us and all who inherited it, nothing is taken away. Or
 * a negative PLEIN_E….
 */
int
maintain_hold(const char *path, struct err *err);

struct maintain_pruned {
	size_t loose, packs, temporary; /* files removed */
};

/*
 * Sync, then remove the loose objects that are in a pack, the packs of which
 * all objects are in another, and what is half made since two weeks. A pack
 * with a .keep stays. *out counts, also on failure; PLEIN_ECORRUPT when a
 * pack is damaged, PLEIN_EBUSY while somebody holds it (then nothing was
 * removed).
 */
int
maintain_prune(const char *path, struct maintain_pruned *out, struct err *err);

#endif
