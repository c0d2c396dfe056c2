using DuckDB.NET.Native;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb.NativeFunctions;

/// <summary>
/// The functions of one database. Lists are compared by reference: registering one again costs nothing.
/// </summary>
internal sealed class InstanceFunctions
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<ScalarFunction>[] _registered = [];

    public void Register(DuckDBNativeConnection connection, IReadOnlyList<ScalarFunction> functions)
    {
        if (_registered.Contains(functions))
        {
            return;
        }

        lock (_gate)
        {
            if (_registered.Contains(functions))
            {
                return;
            }

            foreach (var function in functions)
            {
                UnsafeScalarFunction.Register(connection, function);
            }

            _registered = [.. _registered, functions];
        }
    }
}
