using DuckDB.NET.Native;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb.NativeFunctions;

/// <summary>A function of an instance, with its types read.</summary>
internal sealed class RegisteredFunction
{
    public RegisteredFunction(ScalarFunction function)
    {
        Function = function;
        Parameters = [.. function.Parameters.Select(Parse)];
        Result = Parse(function.Result);
    }

    public ScalarFunction Function { get; }

    public NativeType[] Parameters { get; }

    public NativeType Result { get; }

    public NativeType Parameter(int index) => Parameters[Math.Min(index, Parameters.Length - 1)];

    /// <summary>No table has a HUGEINT, but functions may.</summary>
    private static NativeType Parse(string type) => type == "HUGEINT"
        ? new NativeType(DuckDBType.HugeInt, IsJson: false, 0, 0)
        : NativeTypeParser.TryParse(type)
            ?? throw new ArgumentException($"'{type}' is no type that a function can have");
}
