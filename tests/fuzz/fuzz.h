/*
 * fuzz.h - a fuzz target: it gets any bytes and asserts what must hold for
 * all of them. "make fuzz" links targets with libFuzzer; otherwise replay.c
 * runs them over the files of tests/fuzz/corpus/.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
