# qmforge_test(NAME SOURCES file… LIBRARIES target… [RELEASE | RELEASE_ONLY | EVERY_COMPILER]
#              [OPTIMISED] [PLATFORM] [LONG] [SHARDS n] [TIMEOUT seconds] [ENVIRONMENT VAR=value…])
#
# Makes a GoogleTest program of that name (its main() is GoogleMock's) and registers it with CTest. One CTest entry is one
# program: starting a process for every case would cost more than most cases. What a case skips and why is in the
# program's output, and `./dev test` counts the cases and prints the reasons at the end.
#
# A test runs in the build with sanitizers, and in the build without optimisation that `./dev test --all` adds. Also:
#
# RELEASE         in the release build as well: results must not depend on optimisation, or the test needs its speed.
# RELEASE_ONLY    in the release build only: the test takes too long without optimisation.
# EVERY_COMPILER  in the release build as well, without optimisation of the test's own code: the code under test is
#                 optimised, and the test compiles in a third of the time.
# OPTIMISED       in the build with sanitizers the test's own code is optimised too: it loops over millions of inputs.
# PLATFORM        on other processors and standard libraries as well (presets libcxx, portable, i686, s390x, aarch64).
# LONG            in `./dev test --all` only.
# SHARDS          splits a long program's cases among n CTest entries, which run in parallel.
#
# Sources may include headers below tests/ ("support/hex.h"); QMFORGE_TEST_DATA is the path of tests/data.
if(QMFORGE_PLATFORM_TESTS_ONLY)
  # Debian's binary is for this processor and libstdc++ only; its source package is for all.
  set(INSTALL_GTEST OFF)
  add_subdirectory(/usr/src/googletest ${PROJECT_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
else()
  find_package(GTest REQUIRED)
endif()

# The headers of GoogleTest and RapidCheck take longer to compile than most tests: they are precompiled once for all tests
# that are not optimised.
if(QMFORGE_RELEASE_TESTS_ONLY)
  set(not_optimised -O0)
else()
  set(not_optimised ${QMFORGE_TEST_OPTIONS})
endif()
set(precompiled "")
if("tests" IN_LIST QMFORGE_PRECOMPILED)
  find_package(rapidcheck REQUIRED)
  set(precompiled qmforge_test_headers)
  file(CONFIGURE OUTPUT test_headers.cpp CONTENT "// All that is wanted of this file is what is precompiled for it.\n")
  add_library(${precompiled} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp)
  target_compile_options(${precompiled} PRIVATE ${not_optimised})
  target_link_libraries(${precompiled} PRIVATE GTest::gmock rapidcheck qmforge_warnings)
  target_precompile_headers(${precompiled} PRIVATE <gmock/gmock.h> <gtest/gtest.h> <rapidcheck.h>)
endif()

function(qmforge_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "RELEASE;RELEASE_ONLY;EVERY_COMPILER;OPTIMISED;PLATFORM;LONG" "SHARDS;TIMEOUT" "SOURCES;LIBRARIES;ENVIRONMENT")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "qmforge_test(${name}): unknown argument ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(QMFORGE_RELEASE_TESTS_ONLY AND NOT arg_RELEASE AND NOT arg_RELEASE_ONLY AND NOT arg_EVERY_COMPILER)
    return()
  endif()
  if(arg_RELEASE_ONLY AND NOT QMFORGE_RELEASE_TESTS_ONLY)
    return()
  endif()
  if(QMFORGE_PLATFORM_TESTS_ONLY AND NOT arg_PLATFORM)
    return()
  endif()

  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE QMFORGE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock_main qmforge_warnings)
  if(NOT arg_OPTIMISED AND NOT (QMFORGE_RELEASE_TESTS_ONLY AND NOT arg_EVERY_COMPILER))
    target_compile_options(${name} PRIVATE ${not_optimised})
    if(precompiled)
      target_precompile_headers(${name} REUSE_FROM ${precompiled})
    endif()
  endif()

  if(NOT arg_SHARDS)
    set(arg_SHARDS 1)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  foreach(shard RANGE 1 ${arg_SHARDS})
    set(entry ${QMFORGE_TEST_PREFIX}${name})
    # What a run measures is in its JSON: scripts/proof.py reads it.
    set(environment ${arg_ENVIRONMENT} GTEST_OUTPUT=json:${PROJECT_BINARY_DIR}/results/${name}.${shard}.json)
    if(arg_SHARDS GREATER 1)
      string(APPEND entry .${shard})
      math(EXPR index "${shard} - 1")
      list(APPEND environment GTEST_TOTAL_SHARDS=${arg_SHARDS} GTEST_SHARD_INDEX=${index})
    endif()
    add_test(NAME ${entry} COMMAND ${name})
    set_tests_properties(${entry} PROPERTIES TIMEOUT ${arg_TIMEOUT} ENVIRONMENT "${environment}")
    if(arg_SHARDS GREATER 1 OR arg_RELEASE OR arg_EVERY_COMPILER)
      # The longest tests begin first, so that no processor is idle at the end.
      set_tests_properties(${entry} PROPERTIES COST 10)
    endif()
    if(arg_LONG)
      set_tests_properties(${entry} PROPERTIES LABELS long)
    endif()
  endforeach()
endfunction()
