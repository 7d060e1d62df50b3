# Builds the library, the simulator, the fake and its tests with ThreadSanitizer, and runs those tests. A build by itself:
# every translation unit must be made with it, and it does not go together with AddressSanitizer.
#
# cmake -DSOURCE=… -DBUILD=… -DCOMPILER=… -P thread_sanitizer.cmake
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status)
    list(JOIN ARGV " " line)
    message(FATAL_ERROR "failed (${status}): ${line}\n${output}")
  endif()
endfunction()

set(tests wfp_test wfp_machine_test)
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE} -B ${BUILD} -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=Debug
    "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1" -DQMFORGE_SANITIZERS=thread -DQMFORGE_TOOLS=OFF -DQMFORGE_EXAMPLES=OFF)
run(${CMAKE_COMMAND} --build ${BUILD} --target ${tests})
foreach(test IN LISTS tests)
  # Not what happens in processes of their own, which have one thread and may end within a call.
  run(${CMAKE_COMMAND} -E env TSAN_OPTIONS=halt_on_error=1 GTEST_FILTER=-*DeathTest.* ${BUILD}/tests/wfp/${test})
  message(STATUS "${test}: no data race")
endforeach()
