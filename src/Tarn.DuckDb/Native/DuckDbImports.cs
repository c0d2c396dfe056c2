using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tarn.DuckDb.Native;

/// <summary>Functions of DuckDB's C API that DuckDB.NET does not bind.</summary>
internal static partial class DuckDbImports
{
    private const string Library = "duckdb";

    /// <summary>The alias, such as JSON; free it with duckdb_free. Zero when there is none.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_logical_type_get_alias")]
    internal static partial nint LogicalTypeGetAlias(DuckDBLogicalType type);

    [LibraryImport(Library, EntryPoint = "duckdb_logical_type_set_alias", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void LogicalTypeSetAlias(DuckDBLogicalType type, string alias);

    [LibraryImport(Library, EntryPoint = "duckdb_union_type_member_count")]
    internal static partial ulong UnionTypeMemberCount(DuckDBLogicalType type);

    /// <summary>A member's name; free it with duckdb_free.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_union_type_member_name")]
    internal static partial nint UnionTypeMemberName(DuckDBLogicalType type, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_union_type_member_type")]
    internal static partial DuckDBLogicalType UnionTypeMemberType(DuckDBLogicalType type, ulong index);

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
