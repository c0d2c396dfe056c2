using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using Tarn.DuckDb.Native;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb.NativeFunctions;

/// <summary>
/// Makes a C# function callable in SQL. Unsafe because DuckDB calls back through a function pointer with a chunk of up
/// to 2,048 rows; what is called is found in a GCHandle that DuckDB frees with the function. No exception may leave the
/// callback: it becomes the statement's error, <c>CODE: message</c>.
/// </summary>
internal static unsafe class UnsafeScalarFunction
{
    public static void Register(DuckDBNativeConnection connection, ScalarFunction function)
    {
        var registered = new RegisteredFunction(function);
        var native = UnsafeFunctionImports.Create();
        try
        {
            UnsafeFunctionImports.SetName(native, function.Name);
            AddParameters(native, registered);
            using var result = NativeColumn.ToLogicalType(registered.Result);
            UnsafeFunctionImports.SetReturnType(native, result);
            if (function.TakesNull)
            {
                UnsafeFunctionImports.SetSpecialHandling(native);
            }

            if (function.IsVolatile)
            {
                UnsafeFunctionImports.SetVolatile(native);
            }

            UnsafeFunctionImports.SetExtraInfo(native, GCHandle.ToIntPtr(GCHandle.Alloc(registered)), &Free);
            UnsafeFunctionImports.SetFunction(native, &Call);
            if (UnsafeFunctionImports.Register(connection, native) != DuckDBState.Success)
            {
                throw new TarnException(
                    ErrorKind.Unavailable, $"DuckDB did not register the function '{function.Name}'");
            }
        }
        finally
        {
            UnsafeFunctionImports.Destroy(ref native);
        }
    }

    private static void AddParameters(nint native, RegisteredFunction registered)
    {
        var last = registered.Parameters.Length - 1;
        for (var index = 0; index <= last; index++)
        {
            using var type = NativeColumn.ToLogicalType(registered.Parameters[index]);
            if (index == last && registered.Function.IsVariadic)
            {
                UnsafeFunctionImports.SetVarargs(native, type);
            }
            else
            {
                UnsafeFunctionImports.AddParameter(native, type);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(nint info, nint input, nint output)
    {
        try
        {
            var handle = GCHandle.FromIntPtr(UnsafeFunctionImports.GetExtraInfo(info));
            Run((RegisteredFunction)handle.Target!, input, output);
        }
        catch (TarnException exception)
        {
            var text = exception.Hint is null ? exception.Message : $"{exception.Message}. {exception.Hint}";
            UnsafeFunctionImports.SetError(info, $"{exception.Code ?? CodeOf(exception.Kind)}: {text}");
        }
        catch (Exception exception)
        {
            UnsafeFunctionImports.SetError(info, $"GENERIC_INTERNAL_ERROR: {exception.Message}");
        }
    }

    private static string CodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => "INVALID_FUNCTION_ARGUMENT",
        ErrorKind.Unsupported => "NOT_SUPPORTED",
        ErrorKind.LimitExceeded => "EXCEEDED_MEMORY_LIMIT",
        _ => "GENERIC_INTERNAL_ERROR",
    };

    private static void Run(RegisteredFunction registered, nint input, nint output)
    {
        var rows = (int)UnsafeFunctionImports.ChunkSize(input);
        var row = new UnsafeFunctionRow(registered, input, output, rows);
        var function = registered.Function;
        for (var at = 0; at < rows; at++)
        {
            row.MoveTo(at);
            if (function.TakesNull || !row.HasNull())
            {
                function.Body(row);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint data) => GCHandle.FromIntPtr(data).Free();
}
