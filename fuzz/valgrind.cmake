# Every seed and every regression input once more under valgrind, which sees what a compiler's sanitizers cannot: the code
# as g++ makes it. One process a target.
find_program(QMFORGE_VALGRIND valgrind)
foreach(target IN LISTS product_targets)
  if(QMFORGE_VALGRIND)
    qmforge_fuzz_test(valgrind.${target} ${QMFORGE_VALGRIND} -q --error-exitcode=9 --leak-check=full
      $<TARGET_FILE:${target}_fuzzer> ${inputs_of_${target}})
  endif()
endforeach()
