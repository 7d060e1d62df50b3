// The annotations of Microsoft's SAL (sal.h), which are empty for other compilers. Part of windows.h.
//
// The older annotations (__in, __out) are names in the C++ standard library, so they are defined in C only.
#pragma once
// NOLINTBEGIN: Windows' own names

#define IN
#define OUT
#define OPTIONAL
#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_reads_(size)
#define _In_reads_opt_(size)
#define _In_reads_bytes_(size)
#define _In_reads_bytes_opt_(size)
#define _In_range_(low, high)
#define _Out_
#define _Out_opt_
#define _Out_writes_(size)
#define _Out_writes_opt_(size)
#define _Out_writes_z_(size)
#define _Out_writes_bytes_(size)
#define _Out_writes_to_(size, count)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_result_z_
#define _Outptr_result_buffer_(size)
#define _Outptr_result_buffer_maybenull_(size)
#define _Outptr_result_bytebuffer_(size)
#define _COM_Outptr_
#define _Deref_out_
#define _Inout_
#define _Inout_opt_
#define _Inout_updates_(size)
#define _Inout_updates_bytes_(size)
#define _Field_size_(size)
#define _Field_size_bytes_(size)
#define _Null_terminated_
#define _Printf_format_string_
#define _Reserved_
#define _Check_return_
#define _Must_inspect_result_
#define _Success_(expression)
#define _Return_type_success_(expression)
#define _Ret_maybenull_
#define _Ret_notnull_
#define _When_(condition, words)
#define _At_(target, words)
#define _Pre_
#define _Pre_notnull_
#define _Post_
#define _Post_invalid_
#define _Post_ptr_invalid_
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _Use_decl_annotations_
#define _Function_class_(name)
#define _Analysis_assume_(expression)
#ifndef __cplusplus
#define __in
#define __in_opt
#define __in_ecount(size)
#define __in_bcount(size)
#define __out
#define __out_opt
#define __out_ecount(size)
#define __inout
#define __inout_opt
#define __deref_out
#define __deref_out_opt
#define __deref_out_ecount(size)
#define __reserved
#endif
// NOLINTEND
