# What ./dev test runs of the fuzz targets: every seed (corpus/) and every regression input, in every build; with an engine also
# a short run from a fixed seed, and the canary, whose defect must be found within 200,000 executions.
function(qmforge_fuzz_test name)
  add_test(NAME ${QMFORGE_TEST_PREFIX}fuzz.${name} COMMAND ${ARGN})
  set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.${name} PROPERTIES TIMEOUT 300)
endfunction()

foreach(target IN LISTS product_targets)
  if(engine)
    # The engine writes to the first folder, which is empty at the start of every run.
    set(found ${CMAKE_CURRENT_BINARY_DIR}/found/${target})
    qmforge_fuzz_test(${target} sh -c "rm -rf \"$0\" && mkdir -p \"$0\" && exec \"$@\"" ${found}
      $<TARGET_FILE:${target}_fuzzer> -seed=1 -runs=2000 -max_len=4096 -timeout=20 -artifact_prefix=${found}- ${found}
      ${inputs_of_${target}})
  else()
    qmforge_fuzz_test(${target} ${target}_fuzzer ${inputs_of_${target}})
  endif()
endforeach()

if(engine)
  # A table of compared values depends on addresses, which differ from run to run; without it a run repeats exactly.
  qmforge_fuzz_test(canary canary_fuzzer -seed=3 -use_cmp=0 -runs=200000 -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/)
  set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.canary PROPERTIES
    PASS_REGULAR_EXPRESSION "WRONG ANSWER by oracle canary")
endif()

if(NOT engine)
  include(findings_test.cmake)
  include(valgrind.cmake)
endif()
if(engine STREQUAL "-fsanitize=fuzzer")
  # The services' rules, for what this build gives; label long: for what a service would build.
  qmforge_fuzz_test(service-rules ${CMAKE_CURRENT_SOURCE_DIR}/ossfuzz/check_build.sh ${CMAKE_CURRENT_BINARY_DIR})
  set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.service-rules PROPERTIES LABELS long)
  # Not for memory: see fuzz/README.md.
  foreach(sanitizer address undefined)
    qmforge_fuzz_test(service-build.${sanitizer} ${CMAKE_CURRENT_SOURCE_DIR}/ossfuzz/build_as_service.sh ${sanitizer}
      ${CMAKE_CURRENT_BINARY_DIR}/service-${sanitizer})
    set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.service-build.${sanitizer} PROPERTIES LABELS long TIMEOUT 1800)
  endforeach()
  qmforge_fuzz_test(local ${CMAKE_CURRENT_SOURCE_DIR}/local/test.sh ${CMAKE_CURRENT_BINARY_DIR})
  set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.local PROPERTIES LABELS long)
  qmforge_fuzz_test(local-afl ${CMAKE_CURRENT_SOURCE_DIR}/local/afl_test.sh ${CMAKE_CURRENT_BINARY_DIR}/afl)
  set_tests_properties(${QMFORGE_TEST_PREFIX}fuzz.local-afl PROPERTIES LABELS long TIMEOUT 1800 SKIP_RETURN_CODE 77)
endif()
