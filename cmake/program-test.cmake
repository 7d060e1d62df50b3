# qmforge_program_test(TARGET [ARGUMENT…]): a test that is a program by itself, without GoogleTest. A Windows build runs it
# under Wine; where there is none, the test says so and counts as skipped.
#
# qmforge_wine_properties(TEST…): for other tests that run Windows programs.
if(WIN32)
  set(QMFORGE_WINE ${PROJECT_SOURCE_DIR}/tests/windows/wine.sh ${PROJECT_BINARY_DIR}/wine)
endif()

function(qmforge_wine_properties)
  # One at a time: they share the folder that Wine keeps its files in. The first one makes it.
  set_tests_properties(${ARGN} PROPERTIES LABELS wine TIMEOUT 300 SKIP_REGULAR_EXPRESSION "SKIP: "
                       RESOURCE_LOCK ${PROJECT_BINARY_DIR}/wine)
endfunction()

function(qmforge_program_test target)
  set(name ${QMFORGE_TEST_PREFIX}${target})
  if(WIN32)
    add_test(NAME ${name} COMMAND ${QMFORGE_WINE} $<TARGET_FILE:${target}> ${ARGN})
    qmforge_wine_properties(${name})
  else()
    add_test(NAME ${name} COMMAND ${target} ${ARGN})
  endif()
endfunction()
