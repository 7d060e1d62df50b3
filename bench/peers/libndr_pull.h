/* See libndr_pull.c. */
#ifndef LIBNDR_PULL_H
#define LIBNDR_PULL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The sum of the fields of the NDR 2.0 body; 0 where it cannot be pulled. */
uint64_t libndr_pull(const uint8_t* body, size_t size, uint64_t (*sum_v6)(const void*, uint8_t));

#ifdef __cplusplus
}
#endif

#endif
