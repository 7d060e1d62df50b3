// Wide text with -fshort-wchar: the system's wprintf and wcslen expect characters of 32 bits, so this header defines
// them, with Windows' format strings: in a wide format, %s and %c take wide text. The output is UTF-8. Part of
// windows.h.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "../wfp/windows/base_types.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline size_t qmforge_wcslen(const WCHAR* text) {
  size_t size = 0;
  while (text[size] != 0) ++size;
  return size;
}
static inline int qmforge_wcscmp(const WCHAR* a, const WCHAR* b) {
  while (*a != 0 && *a == *b) ++a, ++b;
  return (int)*a - (int)*b;
}

/// Converts one character, which may be a surrogate pair, to UTF-8; returns the number of units read.
static inline int qmforge_put_wide(FILE* file, const WCHAR* text) {
  uint32_t c = (uint16_t)text[0];
  int used = 1;
  if (c >= 0xD800 && c < 0xDC00 && (uint16_t)text[1] >= 0xDC00 && (uint16_t)text[1] < 0xE000) {
    c = 0x10000 + ((c - 0xD800) << 10) + ((uint16_t)text[1] - 0xDC00u);
    used = 2;
  }
  if (c < 0x80) {
    fputc((int)c, file);
  } else if (c < 0x800) {
    fputc((int)(0xC0 | c >> 6), file);
    fputc((int)(0x80 | (c & 0x3F)), file);
  } else if (c < 0x10000) {
    fputc((int)(0xE0 | c >> 12), file);
    fputc((int)(0x80 | (c >> 6 & 0x3F)), file);
    fputc((int)(0x80 | (c & 0x3F)), file);
  } else {
    fputc((int)(0xF0 | c >> 18), file);
    fputc((int)(0x80 | (c >> 12 & 0x3F)), file);
    fputc((int)(0x80 | (c >> 6 & 0x3F)), file);
    fputc((int)(0x80 | (c & 0x3F)), file);
  }
  return used;
}

static inline int qmforge_vfwprintf(FILE* file, const WCHAR* format, va_list arguments) {
  int printed = 0;
  while (*format != 0) {
    char flags[32] = "%";  // flags, width and precision, as printf takes them
    size_t used = 1;
    int wide = 1, size = 4, precision = -1, number;
    if (*format != '%') {
      format += qmforge_put_wide(file, format);
      ++printed;
      continue;
    }
    ++format;
    for (; *format != 0 && *format < 0x80 && strchr("-+ #0123456789.*", (int)*format) != NULL; ++format) {
      if (*format == '.')
        precision = 0;
      else if (precision >= 0 && *format >= '0' && *format <= '9')
        precision = precision * 10 + (*format - '0');
      if (*format == '*') {
        number = va_arg(arguments, int);
        if (precision == 0) precision = number;
        used += (size_t)snprintf(flags + used, sizeof(flags) - used, "%d", number);
      } else if (used < 16) {
        flags[used++] = (char)*format;
      }
    }
    flags[used] = '\0';
    for (;; ++format) {
      if (*format == 'h')
        wide = 0;
      else if (*format == 'l')
        size = format[1] == 'l' || size == 8 ? 8 : 4;  // Windows' long has 32 bits
      else if (*format == 'j' || *format == 'z' || *format == 't' || *format == 'w')
        size = 8;
      else if (*format == 'I' && format[1] == '6' && format[2] == '4')
        size = 8, format += 2;
      else if (*format == 'I' && format[1] == '3' && format[2] == '2')
        format += 2;
      else if (*format == 'I')
        size = 8;
      else
        break;
    }
    if (*format == 'S') wide = 0;
    switch ((int)*format) {
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o': {
        char full[48];
        snprintf(full, sizeof(full), "%sll%c", flags, (char)*format);
        if (*format == 'd' || *format == 'i')
          printed += fprintf(file, full, size == 8 ? va_arg(arguments, long long) : (long long)va_arg(arguments, int));
        else
          printed += fprintf(
              file, full,
              size == 8 ? va_arg(arguments, unsigned long long) : (unsigned long long)va_arg(arguments, unsigned));
        break;
      }
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        char full[48];
        snprintf(full, sizeof(full), "%s%c", flags, (char)*format);
        printed += fprintf(file, full, va_arg(arguments, double));
        break;
      }
      case 'p': printed += fprintf(file, "%016llX", (unsigned long long)(uintptr_t)va_arg(arguments, void*)); break;
      case 'c':
      case 'C': {
        const WCHAR text[2] = {(WCHAR)va_arg(arguments, int), 0};
        qmforge_put_wide(file, text);
        ++printed;
        break;
      }
      case 's':
      case 'S':
        if (wide) {
          const WCHAR* text = va_arg(arguments, const WCHAR*);
          static const WCHAR null_text[] = {'(', 'n', 'u', 'l', 'l', ')', 0};
          const int width = atoi(flags + 1);
          int length;
          if (text == NULL) text = null_text;
          for (length = 0; (precision < 0 || length < precision) && text[length] != 0;) ++length;
          for (number = length; number < width; ++number) fputc(' ', file);
          for (number = 0; number < length;) number += qmforge_put_wide(file, text + number);
          for (number = length; number < -width; ++number) fputc(' ', file);
          printed += length;
        } else {
          char full[48];
          snprintf(full, sizeof(full), "%ss", flags);
          printed += fprintf(file, full, va_arg(arguments, const char*));
        }
        break;
      case '%':
        fputc('%', file);
        ++printed;
        break;
      default: return printed;
    }
    ++format;
  }
  return printed;
}
static inline int qmforge_fwprintf(FILE* file, const WCHAR* format, ...) {
  va_list arguments;
  int printed;
  va_start(arguments, format);
  printed = qmforge_vfwprintf(file, format, arguments);
  va_end(arguments);
  return printed;
}

#define wcslen(text) qmforge_wcslen(text)
#define wcscmp(a, b) qmforge_wcscmp(a, b)
#define lstrlenW(text) ((int)qmforge_wcslen(text))
#define wprintf(...) qmforge_fwprintf(stdout, __VA_ARGS__)
#define fwprintf(...) qmforge_fwprintf(__VA_ARGS__)
#define vwprintf(format, arguments) qmforge_vfwprintf(stdout, format, arguments)
#define vfwprintf(file, format, arguments) qmforge_vfwprintf(file, format, arguments)

#ifdef __cplusplus
}
#endif
// NOLINTEND
