# Runs a sample logger with its scenario, and compares its output and the fake's report with the expected ones.
#
# cmake -DPROGRAM=… -DSCENARIO=… -DEXPECTED=… -DWORK=… [-DLAUNCHER=wine;…] [-DCHECKED_READS=ON] -P run_sample.cmake
#
# CHECKED_READS: the program is built with AddressSanitizer and expected to be ended by it, where it reads what is stale.
file(REMOVE_RECURSE ${WORK})
file(COPY ${SCENARIO} DESTINATION ${WORK})  # the report is written beside the scenario
get_filename_component(scenario ${SCENARIO} NAME)

# The environment's own way to say where a file is: Wine passes the variable on, and reads Unix paths below Z:.
set(ENV{QMFORGE_WFP_SCENARIO} ${scenario})
execute_process(COMMAND ${LAUNCHER} ${PROGRAM} 4 WORKING_DIRECTORY ${WORK} TIMEOUT 100
                OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)

if(output MATCHES "^SKIP: ")
  message(NOTICE ${output})
  return()
endif()
if(CHECKED_READS)
  if(NOT errors MATCHES "use-after-poison")
    message(FATAL_ERROR "AddressSanitizer did not catch the stale read: ${result}\n${output}${errors}")
  endif()
  return()
endif()
if(NOT result EQUAL 0)
  message(FATAL_ERROR "exit status ${result}\n${output}${errors}")
endif()
file(READ ${EXPECTED} expected)
string(REPLACE "\r" "" output "${output}")
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "expected the output\n${expected}got\n${output}")
endif()
file(READ ${WORK}/logger.report report)
if(NOT report STREQUAL "clean\n")
  message(FATAL_ERROR "expected the report 'clean', got\n${report}")
endif()
