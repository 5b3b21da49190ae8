/*
 * control.h - what our processes say to each other besides JSON-RPC: short
 * JSON objects with descriptors, one a message (plein/passfd.h).
 *
 * supervisor → wiki
 *   {"op":"attach","conn":N,"door":"login","peer":"192.0.2.1"}     + stream
 *   {"op":"attach","conn":N,"door":"screen"|"command"|"api",
 *    "account":H,"key":FP,"peer":…,"since":S,"setup":B}            + stream
 *                               H is "gast" for a guest, "nieuw" for who
 *                               applies (FP is then their key, as a line, or
 *                               ""); since S, in seconds since 1970; setup:
 *                               H must set up a code and may do nothing else
 *                               with "space":S its client was in S
 *   {"op":"may","conn":N,"account":H,"space":S}   what is H in S? see below
 *   {"op":"stop","seconds":5}   {"op":"reload"}
 *   {"op":"maintained","task":T,"status":S}    that task ended; S is -1 when
 *                               it could not be started or was killed
 *   {"op":"git","conn":N,"account":H,"key":FP,"space":S,"peer":…,"since":T,
 *    "push":B,"again":B}        git works for N, B: it receives; again: a wiki
 *                               process of before was told
 *   {"op":"haves","conn":N,"ids":"HEX HEX…"}   were any of these commits erased?
 *   {"op":"ticket","conn":N,"ticket":T,"account":H,"space":S,"peer":…}
 *                               git receives for N; who shows T is its hook
 *   {"op":"over","conn":N,"status":S,"ended":B}   that git is gone; S is -1
 *                               when a signal ended it; B: we ended it, and
 *                               not its person
 *   {"op":"spell"}              + a stream to a process that spells
 *   {"op":"refused","peer":A,"reason":T,"n":N}   so many were turned away
 *                               within a minute, before they could sign in
 * wiki → supervisor
 *   {"op":"ready"}              it serves; requests are answered from now on
 *   {"op":"answered"}           first successful request since its start
 *   {"op":"bound","conn":N,"account":H,"key":FP,"language":"nl"|"en"|"",
 *    "display":TEXT,"role":R}   TEXT as in plein/display.h
 *                               connection N is H from now on (sent before
 *                               session.open is answered)
 *   {"op":"role","account":H,"role":R}   H has this role from now on
 *   {"op":"end","account":H,"only":N,"but":M,"why":"own"|"admin"|"closed"}
 *                               these connections of H end within a second:
 *                               N, or all (0), but not M
 *   {"op":"may","conn":N,"space":S,"role":R}   R is "none" when there is no
 *                               such space for them
 *   {"op":"haves","conn":N,"date":"2026-03-12"}   on that day; "": none was
 *   {"op":"given","account":H,"space":S}   ask that again for what H does in S
 *   {"op":"spaces","space":S}   S was made, opened, closed or removed
 *   {"op":"in","conn":N,"space":S}   the client of N is in S from now on
 *   {"op":"maintain","task":"pack"|"graph","space":NAME}
 *   {"op":"spell"}              it wants a process that spells
 *   {"op":"reload"}             plein.conf was changed: as SIGHUP
 * connection → supervisor
 *   {"op":"stage","stage":1|2}  1: keys exchanged, 2: signed in
 *   {"op":"spawn","kind":"screen"|"command"|"upload"|"receive"|"refuse",
 *    "line":TEXT,"space":NAME,"term":T,"cols":C,"rows":R,"nocolor":true,
 *    "language":"nl"|"en"|"","ascii":true}
 *   {"op":"haves","ids":"HEX HEX…"}   commits its person has; once, of a fetch
 * sshd's forced command (pleind session) → supervisor, as a connection, and
 *   {"op":"hello","peer":"192.0.2.1"}   first; then it gets its stream
 *   {"op":"spawn",…}            + stdin, stdout, stderr of the program
 *   {"op":"resize"}             the window of that terminal is another
 * supervisor → connection
 *   {"op":"wiki"}               + a (fresh) stream to the wiki process
 *   {"op":"spawned","kind":…}   + pty, or + stdin, stdout, stderr
 *   {"op":"refused","reason":TEXT}
 *   {"op":"say","text":TEXT}    its person is to read that, on stderr
 *   {"op":"exit","status":S}    or {"op":"exit","signal":"TERM"}
 *   {"op":"stop","seconds":5}   end within that time
 * supervisor → client (its descriptor 3)
 *   {"op":"wiki"}               + a (fresh) stream, bound to the account
 *   {"op":"stop","seconds":5}
 *
 * A stream is one end of a SOCK_STREAM pair that speaks JSON-RPC. A client
 * starts with: 0 1 2 its terminal or pipes, 3 control, 4 the folder with the
 * message catalogues (absent when there is none). Its words are
 *   plein screen [LINE]     plein command LINE
 * and its environment is PATH, LC_ALL=C.UTF-8, LANGUAGE (nl, en), TERM, TZ,
 * PLEIN_LANGUAGE and PLEIN_DISPLAY (plein/display.h), perhaps NO_COLOR=1,
 * PLEIN_ASCII=1 and PLEIN_FIRST. The kind "refuse" is started as a command.
 *
 * The git of a push starts in the data folder with 3 pleind, 4 the catalogues,
 * 5 the data folder, which its hooks inherit; the ticket (32 hexadecimal
 * digits) is in PLEIN_TICKET, the name of the space in PLEIN_SPACE, the person's language in LANGUAGE.
 */
#ifndef PLEIN_CONTROL_H
#define PLEIN_CONTROL_H

#include <jansson.h>

#include "plein/err.h"
#include "plein/passfd.h"

#define CLIENT_CONTROL_FD 3
#define CLIENT_LOCALE_FD 4

#define RECEIVE_PROGRAM_FD 3
#define RECEIVE_LOCALE_FD 4
#define RECEIVE_DATA_FD 5

#define RECEIVE_TICKET "PLEIN_TICKET"
#define RECEIVE_SPACE "PLEIN_SPACE"
#define RECEIVE_HOOKS "hooks" /* folder, in the data folder */
#define RECEIVE_HOOK_BEFORE "pre-receive"
#define RECEIVE_HOOK_REF "reference-transaction"

/* Minutes without a key after which a session ends; "0": it never does. */
#define CLIENT_IDLE_ENV "PLEIN_IDLE"

/* The word of what comes in place of the start screen: who may not read may do
 * one thing only, who waits sees first how it stands. Absent for all others. */
#define CLIENT_FIRST_ENV "PLEIN_FIRST"

#endif
