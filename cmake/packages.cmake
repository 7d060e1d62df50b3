# What `./dev package` makes of the install rules, by CPack: Debian packages, a .tar.gz, a zip for Windows.
if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

# For builds without CMake: pkg-config finds the libraries from where the file itself lies.
file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
foreach(name qmforge qmforge-sim qmforge-fwpuclnt)
  configure_file(cmake/package/${name}.pc.in ${name}.pc @ONLY)
  set(component development)
  if(name STREQUAL "qmforge-fwpuclnt")
    set(component fake)
  endif()
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT ${component})
endforeach()

# The fake for Windows lies in builds of their own, where the runner looks for it: lib/qmforge/PROCESSOR/fwpuclnt.dll.
set(QMFORGE_DLL_X86_64 "" CACHE FILEPATH "The 64-bit fwpuclnt.dll, to install it")
set(QMFORGE_DLL_I686 "" CACHE FILEPATH "The 32-bit fwpuclnt.dll, to install it")
foreach(processor x86_64 i686)
  string(TOUPPER ${processor} name)
  if(QMFORGE_DLL_${name})
    install(FILES ${QMFORGE_DLL_${name}} DESTINATION lib/qmforge/${processor} COMPONENT fake)
  endif()
endforeach()

set(CPACK_PACKAGE_NAME qmforge)
set(CPACK_PACKAGE_VENDOR "The qmforge developers")
set(CPACK_PACKAGE_CONTACT "The qmforge developers <qmforge@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_SOURCE_DIR}/build/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CHECKSUM SHA256)

# One archive with everything.
set(CPACK_ARCHIVE_COMPONENT_INSTALL OFF)
set(CPACK_COMPONENTS_ALL program libraries development fake)
if(WIN32)
  set(CPACK_PACKAGE_FILE_NAME qmforge-${PROJECT_VERSION}-windows)
else()
  set(CPACK_PACKAGE_FILE_NAME qmforge-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
endif()

# Four Debian packages.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/src ${PROJECT_BINARY_DIR}/sim ${PROJECT_BINARY_DIR}/wfp)
set(so ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(same_version "libqmforge${so} (= ${PROJECT_VERSION}-1)")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME qmforge)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS ${same_version})
set(CPACK_DEBIAN_LIBRARIES_PACKAGE_NAME libqmforge${so})
set(CPACK_DEBIAN_LIBRARIES_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libqmforge-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ${same_version})
set(CPACK_DEBIAN_FAKE_PACKAGE_NAME qmforge-fwpuclnt)
set(CPACK_DEBIAN_FAKE_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_FAKE_PACKAGE_DEPENDS "${same_version}, libqmforge-dev (= ${PROJECT_VERSION}-1), python3")
set(CPACK_DEBIAN_FAKE_PACKAGE_SUGGESTS "wine64 | wine")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Simulates, encodes, decodes and checks IKE Quick Mode failure events
 The program decodes and validates the events, writes sets of labelled inputs,
 valid and malformed, and runs other decoders over them.")
set(CPACK_COMPONENT_LIBRARIES_DESCRIPTION "Decoder, validator and simulator of IKE Quick Mode failure events
 The shared libraries.")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Decoder, validator and simulator of IKE Quick Mode failure events: headers
 The headers, and the files by which CMake and pkg-config find the libraries.")
set(CPACK_COMPONENT_FAKE_DESCRIPTION "Fake of the Windows Filtering Platform's net event calls
 A library for Linux programs, fwpuclnt.dll for 64-bit and 32-bit Windows
 programs, and a program that runs either kind on the fake.")
include(CPack)
