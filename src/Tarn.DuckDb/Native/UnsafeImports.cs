using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.Native;

/// <summary>Functions of DuckDB's C API that DuckDB.NET does not bind.</summary>
internal static partial class UnsafeImports
{
    private const string Library = "duckdb";

    /// <summary>The alias, such as JSON; free it with duckdb_free. Zero when there is none.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_logical_type_get_alias")]
    internal static partial nint LogicalTypeGetAlias(DuckDBLogicalType type);

    [LibraryImport(Library, EntryPoint = "duckdb_logical_type_set_alias", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void LogicalTypeSetAlias(DuckDBLogicalType type, string alias);

    [LibraryImport(Library, EntryPoint = "duckdb_create_map_type")]
    internal static partial DuckDBLogicalType CreateMapType(DuckDBLogicalType key, DuckDBLogicalType value);

    /// <summary>Copies the types and the names, which are UTF-8 and end with a zero.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_create_struct_type")]
    internal static unsafe partial DuckDBLogicalType CreateStructType(nint* types, nint* names, ulong count);

    [LibraryImport(Library, EntryPoint = "duckdb_union_type_member_count")]
    internal static partial ulong UnionTypeMemberCount(DuckDBLogicalType type);

    /// <summary>A member's name; free it with duckdb_free.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_union_type_member_name")]
    internal static partial nint UnionTypeMemberName(DuckDBLogicalType type, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_union_type_member_type")]
    internal static partial DuckDBLogicalType UnionTypeMemberType(DuckDBLogicalType type, ulong index);

    /// <summary>Without a safe handle, for a chunk that DuckDB owns.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    internal static partial nint DataChunkGetVector(nint chunk, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_set_size")]
    internal static partial void DataChunkSetSize(nint chunk, ulong size);

    [LibraryImport(Library, EntryPoint = "duckdb_table_function_set_local_init")]
    internal static unsafe partial void TableFunctionSetLocalInit(
        nint function, delegate* unmanaged[Cdecl]<nint, void> init);

    [LibraryImport(Library, EntryPoint = "duckdb_init_set_max_threads")]
    internal static partial void InitSetMaxThreads(nint info, ulong threads);

    [LibraryImport(Library, EntryPoint = "duckdb_function_get_local_init_data")]
    internal static partial nint FunctionGetLocalInitData(nint info);

    /// <summary>Copies a string into the vector's heap without checking that it is UTF-8.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_unsafe_vector_assign_string_element_len")]
    internal static unsafe partial void UnsafeVectorAssignString(nint vector, ulong row, byte* text, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_create_log_storage")]
    internal static partial nint CreateLogStorage();

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_log_storage")]
    internal static partial void DestroyLogStorage(ref nint storage);

    [LibraryImport(Library, EntryPoint = "duckdb_log_storage_set_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void LogStorageSetName(nint storage, string name);

    /// <summary>Told extra data, timestamp, level, type and message of each entry.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_log_storage_set_write_log_entry")]
    internal static unsafe partial void LogStorageSetWriteLogEntry(
        nint storage, delegate* unmanaged[Cdecl]<nint, nint, byte*, byte*, byte*, void> write);

    [LibraryImport(Library, EntryPoint = "duckdb_log_storage_set_extra_data")]
    internal static unsafe partial void LogStorageSetExtraData(
        nint storage, nint extra, delegate* unmanaged[Cdecl]<nint, void> free);

    [LibraryImport(Library, EntryPoint = "duckdb_register_log_storage")]
    internal static partial DuckDBState RegisterLogStorage(DuckDBDatabase database, nint storage);

    /// <summary>Reads and frees a string that DuckDB allocated for the caller.</summary>
    internal static string? TakeString(nint text)
    {
        if (text == 0)
        {
            return null;
        }

        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            NativeMethods.Helpers.DuckDBFree(text);
        }
    }
}
