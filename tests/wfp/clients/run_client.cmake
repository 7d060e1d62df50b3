# Runs a client by the command that users have, and compares what it and the fake's report say.
#
# cmake -DRUNNER=… -DFAKE=… -DCLIENT=… -DSCENARIO=… -DEXPECTED=… [-DARGUMENTS=…] -P run_client.cmake
execute_process(COMMAND ${RUNNER} ${CLIENT} --fake ${FAKE} --scenario ${SCENARIO} --time-limit 120 -- ${ARGUMENTS}
                OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)
if(errors MATCHES "there is no Wine here|runs no 32-bit programs")
  message(NOTICE "SKIP: ${errors}")
  return()
endif()
string(REPLACE "\r" "" output "${output}")
file(READ ${EXPECTED} expected)
if(NOT result EQUAL 0 OR NOT output STREQUAL expected)
  message(FATAL_ERROR "exit status ${result}; it printed\n${output}${errors}instead of\n${expected}")
endif()
if(errors MATCHES "warning: ")
  message(FATAL_ERROR "${errors}")
endif()
