# For authors of tests: headers that bring the simulator into RapidCheck and GoogleTest. Each needs that package, so each
# is a component of the installed package, and is here only where the package is.
find_package(rapidcheck QUIET)
if(rapidcheck_FOUND)
  add_library(qmforge_rapidcheck INTERFACE)  # qmforge/testing/rapidcheck.h
  add_library(qmforge::rapidcheck ALIAS qmforge_rapidcheck)
  target_link_libraries(qmforge_rapidcheck INTERFACE qmforge::test rapidcheck)
endif()

find_package(GTest QUIET)
if(GTest_FOUND)
  add_library(qmforge_gtest INTERFACE)  # qmforge/testing/gtest.h
  add_library(qmforge::gtest ALIAS qmforge_gtest)
  target_link_libraries(qmforge_gtest INTERFACE qmforge::test GTest::gmock)
endif()
