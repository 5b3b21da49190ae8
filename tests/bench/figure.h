/*
 * figure.h - what `make bench` compares, one function a figure. The two
 * sides take turns at every single measurement, so that whatever else the
 * machine does slows both alike; the ratio is the median of those of the
 * turns. Peer and ratio are 0 where there is no peer.
 */
#ifndef PLEIN_BENCH_FIGURE_H
#define PLEIN_BENCH_FIGURE_H

#include <sys/types.h>

#include "fixture.h"
#include "measure.h"
#include "screen.h"

struct side {
	const struct fixture *at;
	const char *line; /* what ssh runs on a terminal */
	const char *complete; /* last words of a complete first screen */
	pid_t server;
};

/* A window of 24 by 80 on that side, not yet complete. */
struct screen *
side_open(const struct side *s);

/* From the start of ssh to a complete first screen, in ms. */
struct comparison
figure_first_screen(const struct side *ours, const struct side *peer);

/* Whole logins a second of two clients. */
struct comparison
figure_logins(const struct side *ours, const struct side *peer);

/* Both with OpenSSH in front of us; the peer is sshd as before. */
struct comparison
figure_front_screen(const struct side *ours, const struct side *peer);

struct comparison
figure_front_logins(const struct side *ours, const struct side *peer);

/* kB a session while 100 are idle, all processes of the server. */
struct comparison
figure_memory(const struct side *ours, const struct side *peer);

/* Times a second that any of them wakes up, while 100 are idle. */
struct comparison
figure_wakeups(const struct side *ours, const struct side *peer);

/*
 * From a key to the bytes that show its letter, in µs, in a text of 3 kB and
 * of 1 MB; the median, and what 1 % of the keys took at least.
 */
struct comparison
figure_keystroke(const struct side *ours, const struct side *peer);

struct comparison
figure_keystroke_big(const struct side *ours, const struct side *peer);

struct comparison
figure_keystroke_late(const struct side *ours, const struct side *peer);

struct comparison
figure_keystroke_big_late(const struct side *ours, const struct side *peer);

/* Bytes to the terminal for a letter at the end of a line. */
struct comparison
figure_key_bytes(const struct side *ours, const struct side *peer);

/* kB that the program has for itself with a text of that size in its editor,
 * while another of its kind runs. */
struct comparison
figure_client_memory(const struct side *ours, const struct side *peer);

struct comparison
figure_client_memory_big(const struct side *ours, const struct side *peer);

/* From the start of the program to its first screen, in ms. */
struct comparison
figure_client_start(const struct side *ours, const struct side *peer);

/* A text of 1 MB to its first screen, in ms; less. Opened again and again, and
 * never opened before. */
struct comparison
figure_open_big(const struct side *ours, const struct side *peer);

struct comparison
figure_open_new(const struct side *ours, const struct side *peer);

/* One durable save among 10,000 pages, in ms; the peer is git commit. */
struct comparison
figure_save(const struct side *ours, const struct side *peer);

/* Durable saves a second of 1, 8 and 32 clients; git commit by itself. */
struct comparison
figure_rate_1(const struct side *ours, const struct side *peer);

struct comparison
figure_rate_8(const struct side *ours, const struct side *peer);

struct comparison
figure_rate_32(const struct side *ours, const struct side *peer);

/* One durable save, in ms, and saves a second of 8 clients; Fossil. */
struct comparison
figure_fossil_one(const struct side *ours, const struct side *peer);

struct comparison
figure_fossil_eight(const struct side *ours, const struct side *peer);

/* One durable save among 100,000 pages, in ms; among 100. */
struct comparison
figure_save_size(const struct side *ours, const struct side *peer);

/* One durable save, in ms; fsync of a new file as big, in the same folder. */
struct comparison
figure_save_sync(const struct side *ours, const struct side *peer);

/* That fsync alone. */
struct comparison
figure_sync(const struct side *ours, const struct side *peer);

/* 99 % of the letters, and of the saves, while 500 people write, in ms. */
struct comparison
figure_many_keys(const struct side *ours, const struct side *peer);

struct comparison
figure_many_saves(const struct side *ours, const struct side *peer);

/* The same where the 25 save within 17 ms, again and again. */
struct comparison
figure_many_together(const struct side *ours, const struct side *peer);

/* One of 10,000 pages over the protocol, in ms; git cat-file --batch. */
struct comparison
figure_open(const struct side *ours, const struct side *peer);

/* A word among 10,000 pages, in ms; git grep. */
struct comparison
figure_search_rare(const struct side *ours, const struct side *peer);

struct comparison
figure_search_common(const struct side *ours, const struct side *peer);

/* MB that the wiki process has, with 10,000 pages and 200 sessions. */
struct comparison
figure_private(const struct side *ours, const struct side *peer);

/* The index of 100,000 commits, in s; git log --name-status. */
struct comparison
figure_reindex(const struct side *ours, const struct side *peer);

/* 50 versions of a page among 100,000 commits, in ms; git log. */
struct comparison
figure_versions(const struct side *ours, const struct side *peer);

/* The history of a page among 100,000 commits on the screen, in ms; tig. */
struct comparison
figure_history(const struct side *ours, const struct side *peer);

/* Who wrote each line of a page with 500 versions, in ms; git blame. */
struct comparison
figure_blame(const struct side *ours, const struct side *peer);

/* And each word. */
struct comparison
figure_blame_words(const struct side *ours, const struct side *peer);

/* All of a discussion of 1,000 remarks over the protocol, in ms. */
struct comparison
figure_discussion(const struct side *ours, const struct side *peer);

/* The first screen of that discussion, in ms; of a page. */
struct comparison
figure_talk(const struct side *ours, const struct side *peer);

/* The slowest of the overviews of questions, decisions and actions, in ms. */
struct comparison
figure_overviews(const struct side *ours, const struct side *peer);

/* What the start screen asks, for somebody who has read nothing of 50,000
 * remarks, in ms. */
struct comparison
figure_unread(const struct side *ours, const struct side *peer);

/* The slowest overview for them, in ms. */
struct comparison
figure_counted(const struct side *ours, const struct side *peer);

/* The story of a decision with 500 events, in ms. */
struct comparison
figure_story(const struct side *ours, const struct side *peer);

/* A remark, durable, in ms; saving one of those pages. */
struct comparison
figure_remark(const struct side *ours, const struct side *peer);

/* git clone of 200 MB that does not compress, in seconds. */
struct comparison
figure_clone(const struct side *ours, const struct side *peer);

#endif
