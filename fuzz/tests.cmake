# What ./dev test runs of the fuzz targets: every seed (corpus/ and made anew) and every regression input, in every build; with an engine also a
# short run from a fixed seed, and the canary, whose defect must be found within 200,000 executions.
set(seeds ${CMAKE_CURRENT_BINARY_DIR}/seeds)
add_test(NAME ${QMFORGE_TEST_PREFIX}fuzz.seeds COMMAND write_seeds ${seeds})
set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.seeds PROPERTIES FIXTURES_SETUP ${QMFORGE_TEST_PREFIX}fuzz.seeds)

# Adds a test that needs the seeds.
function(qmforge_fuzz_test name)
  add_test(NAME ${QMFORGE_TEST_PREFIX}fuzz.${name} COMMAND ${ARGN})
  set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.${name} PROPERTIES
    FIXTURES_REQUIRED ${QMFORGE_TEST_PREFIX}fuzz.seeds TIMEOUT 300)
endfunction()

foreach(target IN LISTS fuzz_targets)
  string(REGEX REPLACE _fuzzer$ "" folder ${target})
  set(inputs ${seeds}/${target} ${PROJECT_SOURCE_DIR}/corpus/${folder} ${CMAKE_CURRENT_SOURCE_DIR}/regressions/${target})
  if(target STREQUAL "canary_fuzzer")
    continue()
  endif()
  if(QMFORGE_FUZZING_ENGINE)
    # The first folder, which the engine writes to, is made anew by the seeds' test.
    qmforge_fuzz_test(${target} ${target} -seed=1 -runs=2000 -max_len=4096 -timeout=20
      -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/ ${inputs})
  else()
    qmforge_fuzz_test(${target} ${target} ${inputs})
  endif()
endforeach()

if(QMFORGE_FUZZING_ENGINE)
  qmforge_fuzz_test(canary canary_fuzzer -seed=1 -runs=200000 -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/)
  set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.canary PROPERTIES
    PASS_REGULAR_EXPRESSION "WRONG ANSWER by oracle canary")
endif()

if(QMFORGE_CHECKS)
  # Defects are planted in copies; here only that each still has its place in the sources.
  add_test(NAME check.planted-defects COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/planted/apply.pl --check ${PROJECT_SOURCE_DIR})
endif()
