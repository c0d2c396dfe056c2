using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using Tarn.Primitives.Errors;
using static DuckDB.NET.Native.NativeMethods;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// The table function behind every registered table: <c>tarn_rows(handle)</c>, registered once per instance. Unsafe
/// because DuckDB calls back through function pointers; a delegate per scan would cost an allocation and a marshalling
/// stub.
/// <code>
/// bind:        handle -> RegisteredTable of this connection -> columns    (bind data: the table)
/// init:        the columns the query reads -> INativeTable.Open           (init data: the scan)
/// init thread: a place for what the thread does of the scan               (local data: ThreadScan)
/// fill:        vectors of one chunk -> INativeTableScan.Fill              (until 0 rows)
/// </code>
/// Each piece of data is a GCHandle that DuckDB frees with the statement. No exception may leave a callback.
/// </summary>
internal static unsafe class UnsafeTableFunction
{
    public const string Name = "tarn_rows";

    private static readonly ConcurrentDictionary<long, RegisteredTable> Tables = new();
    private static long _lastHandle;


    public static void Register(DuckDBNativeConnection connection)
    {
        var function = TableFunction.DuckDBCreateTableFunction();
        try
        {
            TableFunction.DuckDBTableFunctionSetName(function, Name);
            using var handleType = LogicalType.DuckDBCreateLogicalType(DuckDBType.BigInt);
            TableFunction.DuckDBTableFunctionAddParameter(function, handleType);
            TableFunction.DuckDBTableFunctionSupportsProjectionPushdown(function, true);
            TableFunction.DuckDBTableFunctionSetBind(function, &Bind);
            TableFunction.DuckDBTableFunctionSetInit(function, &Init);
            Native.UnsafeImports.TableFunctionSetLocalInit(function, &InitThread);
            TableFunction.DuckDBTableFunctionSetFunction(function, &Fill);
            if (TableFunction.DuckDBRegisterTableFunction(connection, function) != DuckDBState.Success)
            {
                throw new TarnException(
                    ErrorKind.Unavailable, "DuckDB did not register the function for tables in memory");
            }
        }
        finally
        {
            TableFunction.DuckDBDestroyTableFunction(ref function);
        }
    }

    public static RegisteredTable Add(ulong connectionId, ScanFailure failure, INativeTable table)
    {
        var registered = new RegisteredTable(Interlocked.Increment(ref _lastHandle), connectionId, failure, table);
        Tables[registered.Handle] = registered;
        return registered;
    }

    public static void Remove(RegisteredTable table) => Tables.TryRemove(table.Handle, out _);

    public static ulong ConnectionIdOf(DuckDBNativeConnection connection)
    {
        Startup.DuckDBConnectionGetClientContext(connection, out var context);
        using (context)
        {
            return Startup.DuckDBClientContextGetConnectionId(context);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        try
        {
            using var parameter = TableFunction.DuckDBBindGetParameter(info, 0);
            var handle = Value.DuckDBIsNullValue(parameter) ? 0 : Value.DuckDBGetInt64(parameter);
            TableFunction.DuckDBTableFunctionGetClientContext(info, out var context);
            using (context)
            {
                if (!Tables.TryGetValue(handle, out var table)
                    || table.ConnectionId != Startup.DuckDBClientContextGetConnectionId(context))
                {
                    TableFunction.DuckDBBindSetError(info, $"this session has no table in memory numbered {handle}");
                    return;
                }

                for (var index = 0; index < table.Types.Length; index++)
                {
                    using var type = NativeColumn.ToLogicalType(table.Types[index]);
                    TableFunction.DuckDBBindAddResultColumn(info, table.Columns[index].Name, type);
                }

                TableFunction.DuckDBBindSetBindData(info, Pin(table), &Free);
            }
        }
        catch (Exception exception)
        {
            TableFunction.DuckDBBindSetError(info, exception.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Init(nint info)
    {
        try
        {
            var table = (RegisteredTable)GCHandle.FromIntPtr(TableFunction.DuckDBInitGetBindData(info)).Target!;
            try
            {
                var outputs = new int[TableFunction.DuckDBInitGetColumnCount(info)];
                for (var index = 0; index < outputs.Length; index++)
                {
                    // A query that reads no column, such as count(*), gets a number beyond the columns.
                    var column = TableFunction.DuckDBInitGetColumnIndex(info, (ulong)index);
                    outputs[index] = column < (ulong)table.Types.Length ? (int)column : int.MaxValue;
                }

                var scan = new ScanState(table.Table.Open(), table.Types, outputs, table.Failure);
                Native.UnsafeImports.InitSetMaxThreads(info, (ulong)scan.ThreadsMax);
                TableFunction.DuckDBInitSetInitData(info, Pin(scan), &Free);
            }
            catch (Exception exception)
            {
                table.Failure.Set(exception);
                throw;
            }
        }
        catch (Exception exception)
        {
            TableFunction.DuckDBInitSetError(info, exception.Message);
        }
    }

    /// <summary>The shared scan is out of reach here, so that a thread's part begins with its first chunk.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void InitThread(nint info)
    {
        try
        {
            TableFunction.DuckDBInitSetInitData(info, Pin(new ThreadScan()), &Free);
        }
        catch (Exception exception)
        {
            TableFunction.DuckDBInitSetError(info, exception.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(nint info, nint chunk)
    {
        try
        {
            var scan = (ScanState)GCHandle.FromIntPtr(TableFunction.DuckDBFunctionGetInitData(info)).Target!;
            var local = Native.UnsafeImports.FunctionGetLocalInitData(info);
            var thread = (ThreadScan)GCHandle.FromIntPtr(local).Target!;
            Native.UnsafeImports.DataChunkSetSize(chunk, (ulong)thread.Fill(scan, chunk));
        }
        catch (Exception exception)
        {
            TableFunction.DuckDBFunctionSetError(info, exception.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        try
        {
            (handle.Target as IDisposable)?.Dispose();
        }
        finally
        {
            handle.Free();
        }
    }

    private static nint Pin(object target) => GCHandle.ToIntPtr(GCHandle.Alloc(target));
}
