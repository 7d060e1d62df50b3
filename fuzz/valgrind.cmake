# Every seed and every regression input once more under valgrind, which sees what a compiler's sanitizers cannot: the code
# as g++ makes it. One process a target.
find_program(QMFORGE_VALGRIND valgrind)
foreach(target IN LISTS product_targets)
  string(REGEX REPLACE _fuzzer$ "" folder ${target})
  if(QMFORGE_VALGRIND)
    qmforge_fuzz_test(valgrind.${target} ${QMFORGE_VALGRIND} -q --error-exitcode=9 --leak-check=full $<TARGET_FILE:${target}>
      ${PROJECT_SOURCE_DIR}/corpus/${folder} ${CMAKE_CURRENT_SOURCE_DIR}/regressions/${target})
  endif()
endforeach()
