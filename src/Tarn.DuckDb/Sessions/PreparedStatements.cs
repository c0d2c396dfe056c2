using DuckDB.NET.Native;
using Tarn.DuckDb.Errors;

namespace Tarn.DuckDb.Sessions;

/// <summary>
/// Statements of a connection that are parsed and planned once and run again, by their text: of a query over a few
/// rows, planning is most of the cost. The ones used last are kept. DuckDB plans a statement again when the catalog it
/// read has changed; a table in memory is bound into the plan, so <see cref="Clear"/> when one goes.
/// </summary>
internal sealed class PreparedStatements(DuckDBNativeConnection connection) : IDisposable
{
    private const int KeptMax = 16;
    private readonly List<(string Sql, DuckDBPreparedStatement Statement)> _kept = [];

    /// <summary>Starts the query; its rows stream.</summary>
    /// <param name="parameters">Values of <c>$1</c>, <c>$2</c> and so on, BIGINT.</param>
    public DuckDBResult Start(string sql, IReadOnlyList<long> parameters)
    {
        var statement = Take(sql);
        var isKept = false;
        try
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                if (NativeMethods.PreparedStatements.DuckDBBindInt64(statement, i + 1, parameters[i])
                    != DuckDBState.Success)
                {
                    throw new DuckDbFailureException(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
                }
            }

            var result = NativeStatement.Execute(statement, streaming: true);
            Keep(sql, statement);
            isKept = true;
            return result;
        }
        finally
        {
            if (!isKept)
            {
                statement.Dispose();
            }
        }
    }

    public void Clear()
    {
        foreach (var (_, statement) in _kept)
        {
            statement.Dispose();
        }

        _kept.Clear();
    }

    public void Dispose() => Clear();

    private DuckDBPreparedStatement Take(string sql)
    {
        var at = _kept.FindIndex(kept => kept.Sql == sql);
        if (at >= 0)
        {
            var known = _kept[at].Statement;
            _kept.RemoveAt(at);
            return known;
        }

        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out var statement) == DuckDBState.Success)
        {
            return statement;
        }

        using (statement)
        {
            throw new DuckDbFailureException(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
        }
    }

    private void Keep(string sql, DuckDBPreparedStatement statement)
    {
        _kept.Add((sql, statement));
        if (_kept.Count > KeptMax)
        {
            _kept[0].Statement.Dispose();
            _kept.RemoveAt(0);
        }
    }
}
