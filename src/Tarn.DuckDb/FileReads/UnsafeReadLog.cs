using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.FileReads;

/// <summary>
/// Takes the lines that DuckDB logs of its file system. Unsafe because DuckDB calls back through a function pointer,
/// on the thread that reads and within a lock of its own; the counts are found in a GCHandle that it frees with the
/// instance. No exception may leave the callback.
/// </summary>
internal static unsafe class UnsafeReadLog
{
    private const string Name = "tarn_reads";

    /// <summary>To be run by the instance before its settings are locked.</summary>
    public const string Enable = $"CALL enable_logging('FileSystem', storage = '{Name}')";

    public static void Register(DuckDBDatabase database, FileReadCounts counts)
    {
        var storage = UnsafeImports.CreateLogStorage();
        try
        {
            UnsafeImports.LogStorageSetName(storage, Name);
            UnsafeImports.LogStorageSetWriteLogEntry(storage, &Write);
            UnsafeImports.LogStorageSetExtraData(storage, GCHandle.ToIntPtr(GCHandle.Alloc(counts)), &Free);
            if (UnsafeImports.RegisterLogStorage(database, storage) != DuckDBState.Success)
            {
                throw new TarnException(ErrorKind.Unavailable, "DuckDB did not register the log of its reads");
            }
        }
        finally
        {
            UnsafeImports.DestroyLogStorage(ref storage);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Write(nint extra, nint timestamp, byte* level, byte* type, byte* message)
    {
        try
        {
            var counts = (FileReadCounts)GCHandle.FromIntPtr(extra).Target!;
            counts.Tell(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message));
        }
        catch (Exception)
        {
            // A read that cannot be counted must not fail it: DuckDB has no way to take an exception.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint extra) => GCHandle.FromIntPtr(extra).Free();
}
