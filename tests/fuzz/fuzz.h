// What the fuzz targets share. A target is a function that takes any bytes at all; besides surviving them it
// holds what it promises (FUZZ_REQUIRE). libFuzzer's main feeds it, or driver.c from the corpus.
#ifndef WEGWIJS_TESTS_FUZZ_H
#define WEGWIJS_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

// Ends the run with the broken promise; NDEBUG does not switch it off.
#define FUZZ_REQUIRE(promise)                                                                                \
    do {                                                                                                     \
        if (!(promise)) {                                                                                    \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #promise);                    \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

// A terminated copy of exactly that size, so that the sanitizer sees a step beyond it. The caller frees.
static inline char *fuzz_text(const uint8_t *bytes, size_t size)
{
    char *text = malloc(size + 1);
    if (text == NULL)
        abort();
    if (size > 0)
        memcpy(text, bytes, size);
    text[size] = 0;
    return text;
}

#endif
