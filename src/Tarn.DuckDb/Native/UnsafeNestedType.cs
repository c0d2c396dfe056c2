using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.Native;

/// <summary>DuckDB's objects for nested types. Unsafe because a STRUCT is made from arrays of raw handles.</summary>
internal static unsafe class UnsafeNestedType
{
    /// <summary>The caller disposes it.</summary>
    public static DuckDBLogicalType Make(NativeType type)
    {
        var parts = new List<DuckDBLogicalType>();
        try
        {
            foreach (var member in type.Members!)
            {
                parts.Add(NativeColumn.ToLogicalType(member.Type));
            }

            return type.Id switch
            {
                DuckDBType.List => NativeMethods.LogicalType.DuckDBCreateListType(parts[0]),
                DuckDBType.Map => UnsafeImports.CreateMapType(parts[0], parts[1]),
                _ => Struct(type.Members, parts),
            };
        }
        finally
        {
            parts.ForEach(part => part.Dispose());
        }
    }

    private static DuckDBLogicalType Struct(NativeMember[] members, List<DuckDBLogicalType> parts)
    {
        var types = new nint[parts.Count];
        var names = new nint[parts.Count];
        try
        {
            for (var index = 0; index < types.Length; index++)
            {
                types[index] = parts[index].DangerousGetHandle();
                names[index] = Marshal.StringToCoTaskMemUTF8(members[index].Name);
            }

            fixed (nint* typeAt = types, nameAt = names)
            {
                return UnsafeImports.CreateStructType(typeAt, nameAt, (ulong)types.Length);
            }
        }
        finally
        {
            foreach (var name in names)
            {
                Marshal.FreeCoTaskMem(name);
            }
        }
    }
}
