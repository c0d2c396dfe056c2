using DuckDB.NET.Native;
using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.Sessions;

/// <summary>
/// The tables that a session has registered: a temporary view per name over <c>tarn_rows(handle)</c>. Temporary views
/// and handles belong to one connection, so no other session sees them.
/// </summary>
internal sealed class SessionTables(DuckDBNativeConnection connection) : IDisposable
{
    private readonly Dictionary<string, RegisteredTable> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ulong _connectionId = UnsafeTableFunction.ConnectionIdOf(connection);

    /// <summary>What a scan of one of these tables threw.</summary>
    public ScanFailure Failure { get; } = new();

    /// <summary>Puts rows of the same columns behind a known name. False: it is to be registered.</summary>
    public bool TryReplace(string name, INativeTable table) =>
        _byName.TryGetValue(name, out var earlier) && earlier.TryReplace(table);

    public void Register(string name, INativeTable table)
    {
        var earlier = _byName.GetValueOrDefault(name);
        var added = UnsafeTableFunction.Add(_connectionId, Failure, table);
        try
        {
            var quoted = "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            NativeStatement.Run(
                connection,
                $"CREATE OR REPLACE TEMP VIEW {quoted} AS SELECT * FROM {UnsafeTableFunction.Name}({added.Handle})");
        }
        catch
        {
            UnsafeTableFunction.Remove(added);
            throw;
        }

        _byName[name] = added;
        if (earlier is not null)
        {
            UnsafeTableFunction.Remove(earlier);
        }
    }

    public void Dispose()
    {
        foreach (var table in _byName.Values)
        {
            UnsafeTableFunction.Remove(table);
        }

        _byName.Clear();
    }
}
